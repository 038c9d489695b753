import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A TCP proxy in front of a server that can be cut, to see what an outage does. */
export interface Cuttable {
  readonly url: string;
  /** Ends every connection and takes no new one. */
  cut(): void;
  /** Ends every connection as soon as the client has sent the given text. */
  cutWhenSeen(text: string): void;
  restore(): void;
  close(): Promise<void>;
}

export async function cuttable(target: string): Promise<Cuttable> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let open = true;
  let trigger: string | null = null;
  const cut = (): void => {
    open = false;
    for (const socket of sockets) socket.destroy();
  };
  const server = createServer((client) => {
    if (!open) return void client.destroy();
    const upstream = connect(Number(port), hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on('data', (chunk) => {
      if (trigger !== null && chunk.includes(trigger)) return cut();
      upstream.write(chunk);
    });
    upstream.pipe(client);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as { port: number }).port);
  return {
    url: url.toString(),
    cut,
    cutWhenSeen: (text) => {
      trigger = text;
    },
    restore: () => {
      open = true;
      trigger = null;
    },
    close: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
