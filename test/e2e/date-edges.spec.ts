import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/kernel/ids.js';
import { insertCertificate, insertOfficer, insertTeam, type Team } from '../support/cleared-team.js';
import { openHouse, type House } from '../support/house.js';

/**
 * Legal days begin and end at midnight +08:00, whatever the time zone of the process: the built product answers the same in three.
 * What is asked lies in years to come, so that the day of the run does not matter.
 */
const ZONES = ['UTC', 'America/New_York', 'Pacific/Kiritimati'] as const;
const DIST = join(import.meta.dirname, '../../dist/src');

let house: House;
let team: Team;
beforeAll(async () => {
  house = await openHouse();
  team = await insertTeam(house, 'CONFIRMATION');
});
afterAll(() => house?.close());

/** An officer whose only card runs from day to day, inclusive. */
async function holder(validFrom: string, validTo: string): Promise<{ officerId: string; certificateId: string }> {
  return house.uow.run(async () => {
    const { id: officerId, certificateId: first } = await insertOfficer(house.db, house.unit);
    // The card that comes with the officer is out of the way: one live card per person and type.
    await house.db.execute(
      `UPDATE certificate_states SET status = 'EXPIRED', live_slot = NULL WHERE certificate_id = ?`,
      [first],
    );
    const certificateId = newId();
    await insertCertificate(house.db, {
      id: certificateId,
      officerId,
      subjectId: house.unit,
      number: `17${String(Math.floor(Math.random() * 1e9)).padStart(9, '0')}`,
      domains: ['URBAN_MANAGEMENT'],
      validFrom,
      validTo,
    });
    return { officerId, certificateId };
  });
}

async function startApi(TZ: string): Promise<{ url: string; child: ChildProcess }> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  const child = spawn(process.execPath, [join(DIST, 'main.js')], {
    env: { ...process.env, NODE_ENV: 'development', TZ, PORT: String(port), HOST: '127.0.0.1', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2000)));
  const ready = await Promise.race([once(child, 'message').then(() => true), once(child, 'exit').then(() => false)]);
  if (!ready) throw new Error(`the product did not start: ${said}`);
  return { url: `http://127.0.0.1:${port}/api/v1`, child };
}

describe.each(ZONES)('in a process of the time zone %s', (zone) => {
  let url: string;
  let child: ChildProcess;
  beforeAll(async () => {
    ({ url, child } = await startApi(zone));
  });
  afterAll(async () => {
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  });

  const post = async (who: 'supervisor' | 'approver', path: string, body: unknown) => {
    const answer = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${house.as(who).token}` },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const reasonsAt = async (officerId: string, at: string): Promise<string[]> => {
    const order = {
      subjectId: team.subjectId,
      matterCode: team.matterCode,
      at,
      members: [{ officerId }],
      record: false,
    };
    const { body } = await post('supervisor', '/duty/checks', order);
    const members = body['members'] as { reasons: { code: string }[] }[] | undefined;
    if (!members) throw new Error(JSON.stringify(body));
    return (members[0]?.reasons ?? []).map(({ code }) => code);
  };

  it.each([
    ['2030-07-01', '2030-12-31', 'a year’s end'],
    ['2032-02-29', '2036-02-29', 'leap days'],
    ['2030-03-10', '2030-11-03', 'days on which clocks change elsewhere'],
    ['2031-03-01', '2033-02-28', 'the end of a February without a leap day'],
  ])('from %s to %s (%s) a card is good from its first instant to its last', async (from, to) => {
    const { officerId } = await holder(from, to);
    const begins = Date.parse(`${from}T00:00:00+08:00`);
    const ends = Date.parse(`${to}T00:00:00+08:00`) + 86_400_000;
    const at = (ms: number): Promise<string[]> => reasonsAt(officerId, new Date(ms).toISOString());
    expect({
      before: await at(begins - 1),
      first: await at(begins),
      last: await at(ends - 1),
      after: await at(ends),
    }).toEqual({
      before: ['CERTIFICATE_NOT_YET_VALID'],
      first: [],
      last: [],
      after: ['CERTIFICATE_EXPIRED'],
    });
  });

  it('an act dated by a day takes effect at its midnight +08:00, also on a leap day', async () => {
    const { officerId, certificateId } = await holder('2030-01-01', '2033-12-31');
    const order = { ground: 'OTHER', document: '决定1号', effectiveFrom: '2032-02-29', plannedTo: '2032-03-31' };
    expect((await post('approver', `/certificates/${certificateId}/suspend`, order)).status).toBe(200);
    expect(await reasonsAt(officerId, '2032-02-28T23:59:59.999+08:00')).toEqual([]);
    expect(await reasonsAt(officerId, '2032-02-29T00:00:00.000+08:00')).toEqual(['CERTIFICATE_SUSPENDED']);
    const row = await house.db.row<{ at: Date }>(
      'SELECT effective_from AS at FROM certificate_suspensions WHERE certificate_id = ?',
      [certificateId],
    );
    expect(row?.at.toISOString()).toBe('2032-02-28T16:00:00.000Z');
  });

  it.each([
    ['2028-02-29', '2033-02-27'],
    ['2027-03-01', '2032-02-29'],
    ['2027-01-01', '2031-12-31'],
  ])('a batch that begins on %s ends on %s', async (validFrom, validTo) => {
    const opened = await post('approver', '/certificate-batches', { applicationIds: [newId()], validFrom });
    expect(opened.status).toBe(202);
    const row = await house.db.row<{ valid_from: string; valid_to: string }>(
      'SELECT valid_from, valid_to FROM certificate_batches WHERE id = ?',
      [String(opened.body['id'])],
    );
    expect(row).toEqual({ valid_from: validFrom, valid_to: validTo });
  });

  it('the calendar of the law book counts the same days', () => {
    const asked = `
      import { addMonths, ageOn, endOfDay, lastDayOfYears, legalDateOf, startOfDay } from ${JSON.stringify(join(DIST, 'rules/calendar.js'))};
      const midnight = Date.UTC(2028, 1, 28, 16);
      console.log(JSON.stringify([
        legalDateOf(midnight - 1), legalDateOf(midnight), startOfDay('2028-02-29') - midnight, endOfDay('2028-02-29') - midnight,
        addMonths('2028-02-29', 12), lastDayOfYears('2028-02-29', 5), ageOn('2008-02-29', '2026-02-28'), ageOn('2008-02-29', '2026-03-01'),
        new Date(2028, 1, 29).getTimezoneOffset(),
      ]));`;
    const told = execFileSync(process.execPath, ['--input-type=module', '-e', asked], {
      env: { PATH: process.env['PATH'] ?? '', TZ: zone },
      encoding: 'utf8',
    });
    const [offset] = { UTC: [0], 'America/New_York': [300], 'Pacific/Kiritimati': [-840] }[zone];
    expect(JSON.parse(told)).toEqual([
      '2028-02-28',
      '2028-02-29',
      0,
      86_400_000,
      '2029-02-28',
      '2033-02-27',
      17,
      18,
      offset,
    ]);
  });
});
