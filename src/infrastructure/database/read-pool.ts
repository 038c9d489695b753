import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import mysql, { type Pool, type PoolConnection, type QueryError, type QueryValues } from 'mysql2';
import { QueryFailedError } from 'typeorm';
import { AppConfig } from '../config/app-config.js';
import { connectionParts } from './engine.js';

/** Prepared statements kept on one connection; the shapes that are prepared are few. */
const MOST_PREPARED = 100;

/**
 * Connections for single statements that only read. They carry no transaction and no session state, so there is nothing to reset
 * when they are given back (K37), and the server refuses every write on them. Units of work have connections of their own.
 */
@Injectable()
export class ReadPool implements OnApplicationShutdown {
  private readonly pool: Pool;

  constructor(config: AppConfig) {
    this.pool = mysql.createPool({
      ...connectionParts(config.DATABASE_URL),
      charset: 'utf8mb4',
      timezone: 'Z',
      dateStrings: ['DATE'],
      supportBigNumbers: true,
      bigNumberStrings: false,
      stringifyObjects: true,
      multipleStatements: false,
      flags: ['-LOCAL_FILES'],
      connectTimeout: 10_000,
      connectionLimit: config.DB_POOL,
      maxPreparedStatements: MOST_PREPARED,
    });
    this.pool.on('connection', forbidWrites);
  }

  query<Row>(sql: string, parameters: readonly unknown[]): Promise<Row[]> {
    return new Promise((resolve, reject) => {
      this.pool.query(sql, [...parameters] as QueryValues, (error: QueryError | null, rows: unknown) =>
        error ? reject(new QueryFailedError(sql, [...parameters], error)) : resolve(rows as Row[]),
      );
    });
  }

  /** The server keeps the parsed statement. Parameters: texts, dates and null only. */
  execute<Row>(sql: string, parameters: readonly (string | Date | null)[]): Promise<Row[]> {
    return new Promise((resolve, reject) => {
      this.pool.execute(sql, [...parameters], (error: QueryError | null, rows: unknown) =>
        error ? reject(new QueryFailedError(sql, [...parameters], error)) : resolve(rows as Row[]),
      );
    });
  }

  onApplicationShutdown(): Promise<void> {
    return new Promise((resolve) => this.pool.end(() => resolve()));
  }
}

/** The first statement on a new connection, ahead of whatever it was opened for. */
function forbidWrites(connection: PoolConnection): void {
  connection.query('SET SESSION TRANSACTION READ ONLY', (error: QueryError | null) => {
    if (error) connection.destroy();
  });
}
