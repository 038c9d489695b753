import { createConnection } from 'mysql2/promise';
import type { RowDataPacket } from 'mysql2';

export interface Engine {
  readonly type: 'mariadb' | 'mysql';
  readonly version: string;
  /** The exact, unpadded collation of this engine: 'A1', 'a1' and 'A1 ' stay apart. */
  readonly collation: string;
}

/**
 * Asks the server what it is (SELECT VERSION()) before TypeORM is set up.
 * @throws Error when the server is older than MariaDB 10.11 or MySQL 8.4.
 */
export async function detectEngine(databaseUrl: string): Promise<Engine> {
  const connection = await createConnection({ ...connectionParts(databaseUrl), connectTimeout: 10_000 });
  try {
    const [rows] = await connection.query<RowDataPacket[]>('SELECT VERSION() AS version');
    return engineOf(String(rows[0]?.['version'] ?? ''));
  } finally {
    await connection.end();
  }
}

/** Reads the text of SELECT VERSION(). */
export function engineOf(version: string): Engine {
  const type = /mariadb/i.test(version) ? 'mariadb' : 'mysql';
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  const [needMajor, needMinor] = type === 'mariadb' ? [10, 11] : [8, 4];
  if (!(major > needMajor || (major === needMajor && minor >= needMinor))) {
    throw new Error(`The database server is ${type} ${version}; MariaDB 10.11+ or MySQL 8.4+ is needed.`);
  }
  return { type, version, collation: type === 'mariadb' ? 'utf8mb4_nopad_bin' : 'utf8mb4_0900_bin' };
}

/** Host, port, account and database of a URL; query parameters are ignored, because they could switch protections off. */
export function connectionParts(databaseUrl: string): {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
} {
  const url = new URL(databaseUrl);
  return {
    host: url.hostname,
    port: url.port === '' ? 3306 : Number(url.port),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
  };
}
