import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { createConnection } from 'mysql2/promise';
import { connectionParts } from '../../../src/infrastructure/database/engine.js';
import { logger } from '../../../src/infrastructure/logging/logger.js';
import { OfficersModule } from '../../../src/officers/index.js';
import { openHouse, type House } from '../../support/house.js';
import { anIdNumber, anOfficer, everyText, type Officer } from './people.js';

jest.setTimeout(60_000);
let house: House;
beforeAll(async () => {
  house = await openHouse({ modules: [OfficersModule] });
});
afterAll(() => house.close());

/** Runs statements as the owner of the database. */
async function asOwner(...statements: string[]): Promise<void> {
  const connection = await createConnection(connectionParts(house.databaseUrl));
  for (const sql of statements) await connection.query(sql);
  await connection.end();
}

it('no ID number, phone number or name reaches answers, logs or tables, whatever goes wrong', async () => {
  const idNumber = anIdNumber();
  const phone = '13612349876';
  const body = anOfficer(house, { name: '保密者', idNumber, phone });
  const said: unknown[] = [];
  const level = logger.level;
  logger.level = 'trace';
  for (const method of ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const)
    jest.spyOn(logger, method).mockImplementation((...given: unknown[]) => void said.push(given));
  const answers: { status: number; body: unknown }[] = [];
  const send = async (path: string, content: unknown, headers: Record<string, string> = {}) => {
    const answer = await house.as('hr').post<Officer>(path, content, headers);
    answers.push({ status: answer.status, body: answer.body });
    return answer;
  };
  await asOwner(
    `CREATE TRIGGER tr_break BEFORE INSERT ON officers FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'broken'`,
  );
  await send('/officers', body);
  await asOwner('DROP TRIGGER tr_break');
  const { body: made } = await send('/officers', body, { 'idempotency-key': 'secret-1' });
  await send('/officers', body, { 'idempotency-key': 'secret-1' });
  await send('/officers', body, { 'idempotency-key': 'secret-2' });
  await send('/officers', { ...body, gender: 'FEMALE' });
  await send('/officers', { ...body, idNumber: `${idNumber}0` });
  await send('/officers', `{"idNumber": "${idNumber}", `);
  await send('/officers/search', { idNumber });
  await send(`/officers/${made.id}/leave`, { cause: 'RETIRED' });
  answers.push(await house.as('hr').get(`/officers?q=${idNumber}`));
  answers.push(await house.as('hr').get(`/officers/${made.id}`));
  jest.restoreAllMocks();
  logger.level = level;
  expect(answers.map(({ status }) => status)).toEqual([500, 201, 201, 409, 400, 400, 400, 200, 200, 400, 200]);
  expect(said.length).toBeGreaterThan(answers.length);
  const answered = JSON.stringify(answers);
  const heard = said.map((given) => JSON.stringify(given)).join('\n');
  expect(heard).toContain('unexpected error');
  for (const secret of [phone, idNumber.slice(3, 14)]) {
    expect(answered).not.toContain(secret);
    expect(heard).not.toContain(secret);
    expect(await everyText(house)).not.toContain(secret);
  }
  expect(heard).not.toContain('保密者');
});
