import { hash, verify } from '@node-rs/argon2';

/** Argon2id (2), OWASP's floor: 19 MiB, two passes. */
const OPTIONS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Hashes running at once; the rest wait, so that a flood of log-ins can't starve everybody else (E09). */
const LIMIT = 4;
let running = 0;
const queue: (() => void)[] = [];

export const hashPassword = (password: string): Promise<string> =>
  limited(() => hash(password.normalize('NFKC'), OPTIONS));

/** False for a wrong password or an unreadable hash. */
export const verifyPassword = (stored: string, password: string): Promise<boolean> =>
  limited(() => verify(stored, password.normalize('NFKC')).catch(() => false));

/** A hash of nothing anybody knows: verified for unknown accounts, so that both answers take the same time (E04). */
export const DUMMY_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$9xGqVb4mGkBZ1u1vWgqD0WnS8kq0o3mC8n1c0p3f0yE';

async function limited<T>(work: () => Promise<T>): Promise<T> {
  if (running >= LIMIT) await new Promise<void>((resolve) => queue.push(resolve));
  running += 1;
  try {
    return await work();
  } finally {
    running -= 1;
    queue.shift()?.();
  }
}
