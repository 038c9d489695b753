import { Injectable } from '@nestjs/common';
import { ReadPool } from './read-pool.js';
import { UnitOfWork } from './unit-of-work.js';

type Value = string | number | boolean | Date | null;
/** A list of lists stands for the rows of `VALUES ?`: the driver writes them out in a third of the time that a mark a value takes. */
type Parameter = Value | readonly Value[] | readonly (readonly Value[])[];

/** Rows per INSERT statement: big enough to be fast, small enough for max_allowed_packet. */
const CHUNK = 1000;

/**
 * SQL with parameters. Reads join the open unit of work where there is one (so they see its locks and its writes) and run on
 * a connection that can only read otherwise; writes need an open unit.
 */
@Injectable()
export class Db {
  constructor(
    private readonly reads: ReadPool,
    private readonly uow: UnitOfWork,
  ) {}

  /** All rows of a SELECT. DATETIME arrives as Date (UTC), DATE as 'YYYY-MM-DD', DECIMAL as text, TINYINT(1) as 0 or 1. */
  async rows<Row extends object>(sql: string, parameters: readonly Parameter[] = []): Promise<Row[]> {
    if (this.uow.isOpen) return this.uow.manager.query<Row[]>(sql, parameters as unknown[]);
    return this.reads.query<Row>(sql, parameters);
  }

  /**
   * The same for a statement that comes again and again in few shapes: outside a unit the server keeps it parsed. Not for lists
   * of any length, each of which would be a statement of its own.
   */
  async hotRows<Row extends object>(sql: string, parameters: readonly (string | Date | null)[] = []): Promise<Row[]> {
    if (this.uow.isOpen) return this.uow.manager.query<Row[]>(sql, [...parameters]);
    return this.reads.execute<Row>(sql, parameters);
  }

  /** The first row or null. */
  async row<Row extends object>(sql: string, parameters: readonly Parameter[] = []): Promise<Row | null> {
    return (await this.rows<Row>(sql, parameters))[0] ?? null;
  }

  /** Runs an UPDATE or DELETE in the open unit and gives the number of rows that matched. */
  async execute(sql: string, parameters: readonly Parameter[] = []): Promise<number> {
    const result = await this.uow.manager.query<{ affectedRows: number }>(sql, parameters as unknown[]);
    return result.affectedRows;
  }

  /** Inserts rows (all with the same keys) into a table of ours, in the open unit, 1,000 a statement. */
  async insert<Row extends Record<string, Value>>(table: string, rows: Row | readonly Row[]): Promise<void> {
    const all: readonly Row[] = Array.isArray(rows) ? (rows as readonly Row[]) : [rows as Row];
    const first = all[0];
    if (!first) return;
    const columns = Object.keys(first);
    const sql = `INSERT INTO ${table} (${columns.join(', ')}) VALUES ?`;
    for (let start = 0; start < all.length; start += CHUNK) {
      const part = all.slice(start, start + CHUNK);
      await this.execute(sql, [part.map((row) => columns.map((column) => row[column] ?? null))]);
    }
  }

  /**
   * A guarded update: exactly one row must match, else the guard says why not.
   * @param explain throws the fitting Problem (409, 412, 404); it is asked when nothing matched.
   */
  async updateOne(sql: string, parameters: readonly Parameter[], explain: () => Promise<never> | never): Promise<void> {
    const affected = await this.execute(sql, parameters);
    if (affected === 1) return;
    if (affected > 1) throw new Error('a guarded update matched more than one row');
    await explain();
  }

  /** Marks a fact row as replaced by what was learned now; true when it was still current. */
  async supersede(table: string, id: string, now: number): Promise<boolean> {
    return (
      (await this.execute(`UPDATE ${table} SET superseded_at = ? WHERE id = ? AND superseded_at IS NULL`, [
        new Date(now),
        id,
      ])) === 1
    );
  }
}

/** '?, ?, ?' for IN lists; never empty (an empty list matches nothing). */
export const marks = (values: readonly unknown[]): string =>
  values.length === 0 ? 'NULL' : values.map(() => '?').join(', ');

/** Prefix pattern for LIKE over subject paths; ids hold no wildcard. */
export const below = (path: string): string => `${path}%`;

/** Text for LIKE with the user's wildcards taken literally. */
export const likeText = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;
