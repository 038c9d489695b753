import { parentPort, workerData } from 'node:worker_threads';
import { judgeCertificates } from './run.js';
import type { Share, Told } from './side-by-side.js';
import { Source } from './source.js';

/** One thread of `checkSideBySide`: its range of certificates, in a snapshot of its own. */
const { url, range } = workerData as Share;
const tell = (told: Told): void => parentPort?.postMessage(told);
const source = await Source.open(url);
try {
  tell({ certificates: await judgeCertificates(source, range, (difference) => tell({ difference })) });
} finally {
  await source.close();
}
