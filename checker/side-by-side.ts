import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { rangesOf, type Range } from './chunks.js';
import type { Difference } from './differences.js';
import { counting, judgeRegister, type Outcome } from './run.js';
import { Source } from './source.js';

/** More threads than that the database does not keep up with. */
const MOST = 4;

/** What a thread is given. */
export interface Share {
  readonly url: string;
  readonly range: Range;
}

/** What a thread tells: differences as they are found, and at the end how many certificates it has seen. */
export type Told = { readonly difference: Difference } | { readonly certificates: number };

/**
 * The same as `check`, by several threads at once. Each has a connection and a snapshot of its own and judges a range of certificates;
 * nothing of one snapshot is compared with anything of another. This thread judges the register as a whole meanwhile.
 * @throws Error when any of them could not read all of its share
 */
export async function checkSideBySide(url: string, tell: (difference: Difference) => void): Promise<Outcome> {
  const source = await Source.open(url);
  const threads: Worker[] = [];
  const begin = (range: Range): Worker => {
    const share: Share = { url, range };
    const thread = new Worker(new URL('./thread.js', import.meta.url), { workerData: share });
    threads.push(thread);
    return thread;
  };
  try {
    const { differences, count } = counting(tell);
    const ranges = await rangesOf(source, Math.min(MOST, Math.max(1, availableParallelism())));
    const [numbers, ...seen] = await Promise.all([
      judgeRegister(source, count),
      ...ranges.map((range) => seenBy(begin(range), count)),
    ]);
    return { certificates: seen.reduce((sum, n) => sum + n, 0), numbers, differences };
  } finally {
    // Where one part failed the others are of no use.
    await Promise.all(threads.map((thread) => thread.terminate()));
    await source.close();
  }
}

/** How many certificates a thread has seen, once it is through. */
function seenBy(thread: Worker, count: (difference: Difference) => void): Promise<number> {
  return new Promise((resolve, reject) => {
    let certificates: number | null = null;
    thread.on('message', (told: Told) => {
      if ('difference' in told) count(told.difference);
      else certificates = told.certificates;
    });
    thread.once('error', reject);
    thread.once('exit', () => {
      if (certificates === null) reject(new Error('a part of the register was not read to its end'));
      else resolve(certificates);
    });
  });
}
