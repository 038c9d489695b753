import { once } from 'node:events';
import { toWire, type WireMessage } from './event-wire.js';
import { FileRefused } from './file-refused.js';
import { spreadsheetEvents, type ReadingRequest } from './spreadsheet-events.js';

/**
 * The reading process: takes one request on its standard input, writes one message a line on its standard output and
 * ends. It is started without the environment of its parent, so nothing worth stealing is in it.
 */
endWithParent();
const request = JSON.parse(await wholeInput()) as { path: string; request: ReadingRequest };
try {
  for await (const event of spreadsheetEvents(request.path, request.request)) await send(toWire(event));
  await send({ type: 'done' });
} catch (error) {
  // Anything but a refusal is a fault of ours or of a library; its message may quote the file.
  const refusal = error instanceof FileRefused ? error : new FileRefused('READER_CRASHED');
  await send({ type: 'refused', refusal: refusal.toRecord() });
}

async function wholeInput(): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

/** Waits until the parent has taken what was written: that is the back-pressure. */
async function send(message: WireMessage): Promise<void> {
  if (!process.stdout.write(`${JSON.stringify(message)}\n`)) await once(process.stdout, 'drain');
}

/** A parent that was killed cannot kill its child; an orphan has another parent than the one it was told of. */
function endWithParent(): void {
  const parent = Number(process.argv[2]);
  setInterval(() => {
    if (process.ppid !== parent) process.exit(1);
  }, 1000).unref();
}
