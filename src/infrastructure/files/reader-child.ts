import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { fromWire, type WireMessage } from './event-wire.js';
import { FileRefused } from './file-refused.js';
import type { ReaderEvent, ReadingRequest } from './spreadsheet-events.js';

/** Events from wherever they are made, and the way to end their making at once. */
export interface EventSource {
  readonly events: AsyncGenerator<ReaderEvent>;
  readonly stop: () => void;
}

export interface ChildOptions {
  readonly maxHeapMegabytes?: number;
  readonly onChild?: (pid: number) => void;
}

const DEFAULT_HEAP_MEGABYTES = 256;
const YOUNG_HEAP_MEGABYTES = 8;
/** A batch is bounded by the reader; a longer line is not our child talking. */
const LONGEST_LINE_BYTES = 64 * 1024 * 1024;

export function startReader(
  childModule: string,
  work: { readonly path: string; readonly request: ReadingRequest },
  { maxHeapMegabytes = DEFAULT_HEAP_MEGABYTES, onChild }: ChildOptions,
): EventSource {
  const child = spawn(
    process.execPath,
    [...heapFlags(maxHeapMegabytes), ...permissionFlags(), childModule, String(process.pid)],
    {
      // No environment: no addresses, no passwords. What it prints as an error may quote the file, so nobody listens.
      env: {},
      stdio: ['pipe', 'pipe', 'ignore'],
      windowsHide: true,
    },
  );
  // Without these listeners a child that cannot start, or dies before it has read its request, would end the parent.
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  child.stdin.end(JSON.stringify(work));
  if (child.pid !== undefined) onChild?.(child.pid);
  return { events: eventsOf(child, child.stdout), stop: () => void child.kill('SIGKILL') };
}

function heapFlags(megabytes: number): string[] {
  return [`--max-old-space-size=${megabytes}`, `--max-semi-space-size=${YOUNG_HEAP_MEGABYTES}`];
}

/** Reading files is all the child may do: no writing, no processes of its own. Node renamed the flag on the way. */
function permissionFlags(): string[] {
  const known = process.allowedNodeEnvironmentFlags;
  const flag = ['--permission', '--experimental-permission'].find((name) => known.has(name));
  return flag ? [flag, '--allow-fs-read=*'] : [];
}

async function* eventsOf(child: ChildProcess, output: Readable): AsyncGenerator<ReaderEvent> {
  try {
    for await (const line of linesOf(output)) {
      const message = JSON.parse(line) as WireMessage;
      if (message.type === 'done') return;
      if (message.type === 'refused') throw FileRefused.fromRecord(message.refusal);
      yield fromWire(message);
    }
  } catch (error) {
    throw error instanceof FileRefused ? error : new FileRefused('READER_CRASHED');
  } finally {
    child.kill('SIGKILL');
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
  // It fell silent without saying that it is done: killed, out of memory, or never started.
  throw new FileRefused('READER_CRASHED');
}

async function* linesOf(output: Readable): AsyncGenerator<string> {
  let parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of output) {
    let rest = chunk as Buffer;
    for (let end = rest.indexOf(0x0a); end !== -1; end = rest.indexOf(0x0a)) {
      parts.push(rest.subarray(0, end));
      yield Buffer.concat(parts).toString('utf8');
      parts = [];
      length = 0;
      rest = rest.subarray(end + 1);
    }
    parts.push(rest);
    length += rest.length;
    if (length > LONGEST_LINE_BYTES) throw new FileRefused('READER_CRASHED');
  }
}
