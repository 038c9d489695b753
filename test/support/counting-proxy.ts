import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Statements of the MySQL protocol: COM_QUERY and COM_STMT_EXECUTE. */
const STATEMENTS = new Set([0x03, 0x17]);

export type CutAt = 'before' | 'after';

/** A proxy in front of a database that counts statements and cuts every connection at one of them. */
export interface CountingProxy {
  readonly url: string;
  /** Statements seen since the last call of `arm`, as text. */
  readonly seen: readonly string[];
  /**
   * From now on: at the n-th statement (1, 2, …) all connections are cut, before it reaches the server or after the server has done it
   * but before the answer comes back. 0 only counts. `onCut` is called at that moment.
   */
  arm(n: number, when?: CutAt, onCut?: () => void): void;
  /** Whether the cut has happened. */
  readonly isCut: boolean;
  /** Lets connections through again. */
  restore(): void;
  close(): Promise<void>;
}

export async function countingProxy(target: string): Promise<CountingProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const state = { seen: [] as string[], at: 0, when: 'before' as CutAt, isCut: false, onCut: (): void => undefined };
  const cut = (): void => {
    state.isCut = true;
    state.onCut();
    for (const socket of sockets) socket.destroy();
  };
  const server = createServer((client) => {
    if (state.isCut) return void client.destroy();
    const upstream = connect(Number(port), hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    let waiting: Buffer = Buffer.alloc(0);
    let answerIsLost = false;
    client.on('data', (chunk) => {
      waiting = Buffer.concat([waiting, chunk]);
      // Whole packets: three bytes of length, one of sequence. A new command begins with sequence 0.
      while (waiting.length >= 4) {
        const size = waiting.readUIntLE(0, 3) + 4;
        if (waiting.length < size) return;
        const packet = waiting.subarray(0, size);
        waiting = waiting.subarray(size);
        if (packet[3] === 0 && STATEMENTS.has(packet[4] ?? -1) && !state.isCut) {
          state.seen.push(packet.subarray(5).toString('latin1'));
          if (state.seen.length === state.at) {
            if (state.when === 'before') return cut();
            answerIsLost = true;
          }
        }
        upstream.write(packet);
      }
    });
    upstream.on('data', (chunk) => {
      if (answerIsLost) return cut();
      client.write(chunk);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as { port: number }).port);
  return {
    url: url.toString(),
    get seen() {
      return state.seen;
    },
    get isCut() {
      return state.isCut;
    },
    arm: (n, when = 'before', onCut = () => undefined) => {
      Object.assign(state, { seen: [], at: n, when, onCut });
    },
    restore: () => {
      state.isCut = false;
      state.at = 0;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
