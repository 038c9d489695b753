import { createConnection, type Connection } from 'mysql2/promise';
import type { RowDataPacket } from 'mysql2';

/** The database may not be read with this account, or not at all: nothing was checked. */
export class CannotCheck extends Error {}

/** One connection that reads one snapshot: what is issued meanwhile is neither seen nor disturbed. */
export class Source {
  private constructor(private readonly connection: Connection) {}

  /** @throws CannotCheck when the account could change anything */
  static async open(url: string): Promise<Source> {
    const at = new URL(url);
    const connection = await createConnection({
      host: at.hostname.replace(/^\[|\]$/g, ''),
      port: Number(at.port || 3306),
      user: decodeURIComponent(at.username),
      password: decodeURIComponent(at.password),
      database: decodeURIComponent(at.pathname.slice(1)),
      dateStrings: true,
      timezone: 'Z',
      flags: ['-LOCAL_FILES'],
    });
    const source = new Source(connection);
    try {
      await source.requireReadOnly();
      await connection.query('SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ');
      await connection.query('START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY');
      return source;
    } catch (error) {
      await source.close();
      throw error;
    }
  }

  /** Who could repair could also forge: the checker runs as nobody who may write. */
  private async requireReadOnly(): Promise<void> {
    const grants = await this.rows<Record<string, string>>('SHOW GRANTS');
    for (const grant of grants.flatMap((row) => Object.values(row))) {
      const rights = /^GRANT (.*?) ON /.exec(grant)?.[1];
      // A role that is given is shown without a table; it would hide rights.
      const named = (rights ?? 'a role').replace(/ ?\([^)]*\)/g, '').split(', ');
      const tooMuch = named.filter((right) => right !== 'SELECT' && right !== 'USAGE');
      if (tooMuch.length > 0) throw new CannotCheck(`this account may do more than read: ${tooMuch.join(', ')}`);
    }
  }

  async rows<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const [rows] = await this.connection.query<RowDataPacket[]>(sql, parameters as unknown[]);
    return rows as unknown as Row[];
  }

  async close(): Promise<void> {
    await this.connection.end().catch(() => this.connection.destroy());
  }
}
