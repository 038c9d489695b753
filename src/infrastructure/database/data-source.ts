import { DataSource, type DataSourceOptions } from 'typeorm';
import { MIGRATIONS } from '../../../migrations/index.js';
import { connectionParts, detectEngine } from './engine.js';
import { FailedQueryMark } from './unit-of-work.js';

/**
 * Options of the one data source. Session settings live in the server's configuration, because a connection that is reset on
 * release forgets them (K37).
 */
export async function dataSourceOptions(databaseUrl: string, poolSize: number): Promise<DataSourceOptions> {
  const engine = await detectEngine(databaseUrl);
  const { host, port, user, password, database } = connectionParts(databaseUrl);
  return {
    type: engine.type,
    host,
    port,
    username: user,
    password,
    database,
    charset: 'utf8mb4',
    timezone: 'Z',
    dateStrings: ['DATE'],
    supportBigNumbers: true,
    bigNumberStrings: false,
    synchronize: false,
    multipleStatements: false,
    flags: ['-LOCAL_FILES'],
    poolSize,
    migrations: MIGRATIONS,
    migrationsTableName: 'schema_migrations',
    migrationsTransactionMode: 'none',
    subscribers: [FailedQueryMark],
    extra: { resetOnRelease: true, connectTimeout: 10_000 },
  };
}

export const openDataSource = async (databaseUrl: string, poolSize: number): Promise<DataSource> =>
  new DataSource(await dataSourceOptions(databaseUrl, poolSize)).initialize();
