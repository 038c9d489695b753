import type { DataSource } from 'typeorm';

interface Variables {
  readonly sql_mode: string;
  readonly flush: number;
  readonly doublewrite: string | number;
  readonly skew: Date;
  readonly collation: string;
}

/**
 * R31: refuses to start on a server whose switches would break a guarantee. Asked on a pooled connection, because that is the
 * one the work runs on; only the collation is read from the catalogue, as MySQL's @@collation_database tells the server's own
 * after a connection was reset.
 * @throws Error that names every switch and what it must be.
 */
export async function checkDatabase(dataSource: DataSource): Promise<void> {
  const [found] = await dataSource.query<Variables[]>(
    `SELECT @@SESSION.sql_mode AS sql_mode, @@GLOBAL.innodb_flush_log_at_trx_commit AS flush,
            @@GLOBAL.innodb_doublewrite AS doublewrite, UTC_TIMESTAMP(3) AS skew,
            (SELECT s.default_collation_name FROM information_schema.schemata s WHERE s.schema_name = DATABASE()) AS collation`,
  );
  if (!found) throw new Error('the database answered nothing');
  const faults: string[] = [];
  if (!/STRICT_(ALL|TRANS)_TABLES/.test(found.sql_mode)) faults.push('sql_mode must be strict (STRICT_ALL_TABLES)');
  if (Number(found.flush) !== 1)
    faults.push('innodb_flush_log_at_trx_commit must be 1: acknowledged commits would be lost');
  if (found.doublewrite === 'OFF' || found.doublewrite === 0) faults.push('innodb_doublewrite must be ON');
  if (!/(nopad_bin|0900_bin)$/.test(found.collation)) {
    faults.push('the database collation must be utf8mb4_nopad_bin (MariaDB) or utf8mb4_0900_bin (MySQL)');
  }
  const skew = Math.abs(Date.now() - found.skew.getTime());
  if (skew > 2000)
    faults.push(`the clocks of application and database differ by ${skew} ms; at most 2000 ms are allowed`);
  const engines = await dataSource.query<{ name: string }[]>(
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' AND engine <> 'InnoDB'`,
  );
  for (const { name } of engines) faults.push(`table ${name} must be InnoDB`);
  if (faults.length > 0) throw new Error(`The database can't be used as it is set up:\n- ${faults.join('\n- ')}`);
}
