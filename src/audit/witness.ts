import { createReadStream } from 'node:fs';
import { mkdir, open, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../infrastructure/config/app-config.js';
import type { Checkpoint } from './checkpoint-seal.js';

/** Longer than any line of ours. */
const TAIL = 4096;

/**
 * Checkpoints outside the database, one JSON line each: who owns the database alone can't cut the trail and make it fit. Lines are
 * only added, and never for an earlier entry than the last one. The directory may be a mount of its own.
 */
@Injectable()
export class Witness {
  private readonly path: string;

  constructor(config: AppConfig) {
    this.path = join(config.DATA_DIR, 'witness', 'checkpoints.jsonl');
  }

  /** How much of the file is finished lines: a line without its end was never finished. */
  async size(): Promise<number> {
    if ((await stat(this.path).catch(() => null)) === null) return 0;
    const file = await open(this.path, 'r');
    try {
      return (await tailOf(file)).finished;
    } finally {
      await file.close();
    }
  }

  /** Every line up to a size in its order; null for one that can't be read. */
  async *lines(size: number): AsyncGenerator<Checkpoint | null> {
    if (size === 0) return;
    const input = createReadStream(this.path, { end: size - 1, encoding: 'utf8' });
    for await (const line of createInterface({ input, crlfDelay: Infinity })) yield checkpointOf(line);
  }

  /** Adds checkpoints that lie beyond the last line, and waits for the disk. */
  async add(checkpoints: readonly Checkpoint[]): Promise<void> {
    await mkdir(dirname(this.path), { recursive: true, mode: 0o700 });
    const file = await open(this.path, 'a+', 0o600);
    try {
      const { finished, size, last } = await tailOf(file);
      let seq = last?.seq ?? (await this.lastReadable(finished));
      const lines: string[] = [];
      for (const checkpoint of checkpoints) {
        if (checkpoint.seq <= seq) continue;
        seq = checkpoint.seq;
        lines.push(`${JSON.stringify(checkpoint)}\n`);
      }
      if (lines.length === 0) return;
      if (finished < size) await file.truncate(finished);
      await file.appendFile(lines.join(''));
      await file.sync();
    } finally {
      await file.close();
    }
  }

  /** The entry of the last line; 0 for none. */
  async lastSeq(): Promise<number> {
    const size = await this.size();
    if (size === 0) return 0;
    const file = await open(this.path, 'r');
    try {
      return (await tailOf(file)).last?.seq ?? (await this.lastReadable(size));
    } finally {
      await file.close();
    }
  }

  private async lastReadable(size: number): Promise<number> {
    let last = 0;
    for await (const line of this.lines(size)) last = Math.max(last, line?.seq ?? 0);
    return last;
  }
}

async function tailOf(file: FileHandle): Promise<{ size: number; finished: number; last: Checkpoint | null }> {
  const { size } = await file.stat();
  const from = Math.max(0, size - TAIL);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(size, TAIL)), 0, Math.min(size, TAIL), from);
  const end = buffer.subarray(0, bytesRead).lastIndexOf(0x0a) + 1;
  const line = buffer.subarray(0, end).toString('utf8').trimEnd().split('\n').at(-1) ?? '';
  return { size, finished: end === 0 ? 0 : from + end, last: checkpointOf(line) };
}

function checkpointOf(line: string): Checkpoint | null {
  try {
    const { seq, entryHash, createdAt, signature, keyId } = JSON.parse(line) as Record<string, unknown>;
    const texts = [entryHash, createdAt, signature, keyId];
    if (!Number.isSafeInteger(seq) || !texts.every((text) => typeof text === 'string')) return null;
    return { seq, entryHash, createdAt, signature, keyId } as Checkpoint;
  } catch {
    return null;
  }
}
