import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createConnection, type Connection } from 'mysql2/promise';
import { applyGrants } from '../../../scripts/grants.mjs';
import { connectionParts } from '../../../src/infrastructure/database/engine.js';
import { openHouse, type House } from '../../support/house.js';

/** What the application's own account can't do, whatever the code tries. */
describe('the application’s account', () => {
  let house: House;
  let app: Connection;
  beforeAll(async () => {
    const url = process.env['TEST_DATABASE_APP_URL'];
    const admin = process.env['TEST_DATABASE_URL'];
    if (!url || !admin) throw new Error('TEST_DATABASE_APP_URL is needed: run the tests by npm test');
    house = await openHouse({ modules: [] });
    const { user, password } = connectionParts(url);
    const { database } = connectionParts(house.databaseUrl);
    await applyGrants({ adminUrl: house.databaseUrl, appUser: user, password, database });
    app = await createConnection({ ...connectionParts(url), database });
    await house.uow.run(() => house.db.insert('inbox', { event_id: 'x', handled_at: new Date() }));
  });
  afterAll(async () => {
    await app.end();
    await house.close();
  });

  it('reads and adds', async () => {
    await app.query('SELECT COUNT(*) FROM audit_entries');
    await app.query(`INSERT INTO inbox (event_id, handled_at) VALUES ('y', NOW())`);
  });

  it.each([
    `UPDATE audit_entries SET verb = 'x'`,
    `DELETE FROM audit_entries`,
    `TRUNCATE TABLE audit_entries`,
    `DROP TABLE audit_entries`,
    `ALTER TABLE audit_entries ADD COLUMN x INT`,
    `DROP TRIGGER tr_audit_entries_no_update`,
    `DELETE FROM audit_head`,
    `UPDATE certificates SET valid_to = '2099-01-01'`,
    `DELETE FROM certificates`,
    `UPDATE certificate_moves SET state_after = 'VALID'`,
    `DELETE FROM certificate_moves`,
    `DELETE FROM certificate_states`,
    `UPDATE certificate_suspensions SET effective_to = NOW()`,
    `DELETE FROM certificate_suspensions`,
    `UPDATE duty_checks SET cleared = 1`,
    `UPDATE deployment_decisions SET cleared = 1`,
    `UPDATE deployments SET subject_id = 'x'`,
    `DELETE FROM deployments`,
    `UPDATE subject_status_periods SET status = 'CONFIRMED'`,
    `DELETE FROM schema_migrations`,
    `DELETE FROM inbox`,
    `CREATE TABLE x (id INT)`,
  ])('is refused: %s', async (sql) => {
    // 1142, 1143: command denied on this table or column; 1227: needs a privilege
    await expect(app.query(sql)).rejects.toMatchObject({ code: expect.stringMatching(/DENIED/) });
  });
});
