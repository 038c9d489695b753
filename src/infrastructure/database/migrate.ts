import type { DataSource } from 'typeorm';
import { detectEngine } from './engine.js';
import { openDataSource } from './data-source.js';

const LOCK = 'chizheng.migrate';

/**
 * Brings the database up to date with the owner's account. One instance at a time (GET_LOCK); the collation of the database is
 * set before the first table exists.
 */
export async function migrate(databaseUrl: string): Promise<readonly string[]> {
  const { collation } = await detectEngine(databaseUrl);
  const dataSource = await openDataSource(databaseUrl, 4);
  try {
    return await underLock(dataSource, async () => {
      await dataSource.query(`ALTER DATABASE CHARACTER SET utf8mb4 COLLATE ${collation}`);
      return (await dataSource.runMigrations({ transaction: 'none' })).map(({ name }) => name);
    });
  } finally {
    await dataSource.destroy();
  }
}

async function underLock<T>(dataSource: DataSource, work: () => Promise<T>): Promise<T> {
  const runner = dataSource.createQueryRunner();
  try {
    const [got] = (await runner.query('SELECT GET_LOCK(?, 60) AS held', [LOCK])) as { held: number | null }[];
    if (Number(got?.held) !== 1) throw new Error('another instance is migrating; it did not finish within 60 s');
    return await work();
  } finally {
    await runner.query('SELECT RELEASE_LOCK(?)', [LOCK]).catch(() => undefined);
    await runner.release();
  }
}
