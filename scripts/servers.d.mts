/** The private database and Redis of a data folder, kept alive until `stop`. */
export function startServers(options: { readonly dataDir: string; readonly log?: (line: string) => void }): Promise<{
  readonly database: {
    readonly kind: string;
    readonly flavour: string;
    readonly version: string;
    readonly adminUrl: string;
    readonly appUrl: string;
  };
  readonly redis: { readonly kind: string; readonly url: string };
  /** By name: `redis`, and the flavour of the database. A server that was killed comes back with another one. */
  readonly pids: Readonly<Record<string, number | undefined>>;
  stop(): Promise<boolean>;
}>;
