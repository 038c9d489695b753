import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CertificateBackfillImport } from '../../../src/certificates/imports/certificate-backfill.import.js';
import { ExistingCertificatesImport } from '../../../src/certificates/imports/existing-certificates.import.js';
import type { ImportDefinition, ImportRow, RowOutcome } from '../../../src/kernel/import-definition.js';
import { newId } from '../../../src/kernel/ids.js';
import { OfficerIdentity } from '../../../src/officers/index.js';
import { type House } from '../../support/house.js';
import {
  approved,
  batchOf,
  cardOf,
  DOMAIN,
  factsOf,
  insertCard,
  insertOfficer,
  nextNumber,
  openBatch,
  openCertificatesHouse,
  setSetting,
} from './support.js';

let house: House;
let backfill: ImportDefinition;
let existing: ImportDefinition;
beforeAll(async () => {
  house = await openCertificatesHouse();
  backfill = house.app.get(CertificateBackfillImport, { strict: false });
  existing = house.app.get(ExistingCertificatesImport, { strict: false });
});
afterAll(() => house?.close());
beforeEach(async () => {
  house.clock.set(null);
  await setSetting(house, 'cert.numberMode', 'BACKFILL');
});

interface Person {
  readonly id: string;
  readonly idNumber: string;
}
let people = 0;
/** Any text will do as an ID number here: the engine checks its form, this room looks it up. */
const person = async (options: { name?: string; subjectId?: string } = {}): Promise<Person> => {
  const idNumber = `ID${(people += 1)}${randomBytes(4).toString('hex')}`;
  const index = house.app.get(OfficerIdentity, { strict: false }).indexOf(idNumber);
  return { id: await insertOfficer(house, { name: '李四', ...options, idNumberIndex: index }), idNumber };
};
const context = () => ({ actor: house.as('approver').actor, importId: newId(), parameters: {} });
const sheet = (...rows: Record<string, string>[]): ImportRow[] =>
  rows.map((values, place) => ({ rowNumber: place + 2, values }));
const cardRow = ({ idNumber }: Person, more: Record<string, string> = {}): Record<string, string> => ({
  idNumber,
  name: '李四',
  type: '行政执法证',
  number: nextNumber(),
  issuedOn: '2026-03-01',
  validFrom: '2026-03-01',
  validTo: '2031-02-28',
  ...more,
});
const examine = async (definition: ImportDefinition, ...rows: Record<string, string>[]) => {
  const { problems } = await definition.examine(context(), sheet(...rows));
  return sheet(...rows).map(({ rowNumber }) =>
    (problems.get(rowNumber) ?? []).map(({ code, level }) => `${level} ${code}`),
  );
};
const apply = (definition: ImportDefinition, ...rows: Record<string, string>[]): Promise<readonly RowOutcome[]> =>
  house.uow.run(() => definition.apply(context(), sheet(...rows)));
const revert = (definition: ImportDefinition, targetId: string | null | undefined, dryRun = false) =>
  house.uow.run(() =>
    definition.revert(
      context(),
      [{ rowNumber: 2, state: 'CREATED', targetId: targetId ?? null, before: null }],
      dryRun,
    ),
  );
const waiting = async (people: readonly Person[]) => {
  const opened = await openBatch(
    house,
    await approved(
      house,
      people.map(({ id }) => id),
    ),
  );
  return opened.body.id;
};

describe('back-fill', () => {
  it('matches the application that waits, makes the card valid and closes the batch', async () => {
    const [first, second] = [await person(), await person()];
    const batchId = await waiting([first, second]);
    const row = cardRow(first);
    expect(await examine(backfill, row)).toEqual([[]]);
    const [outcome] = await apply(backfill, row);
    expect(outcome).toMatchObject({ rowNumber: 2, state: 'CREATED' });
    const card = await cardOf(house, outcome?.targetId ?? '');
    expect(card).toMatchObject({
      state: 'VALID',
      certificateNo: row['number'],
      origin: 'BACKFILL',
      batchId,
      validTo: '2031-02-28',
    });
    expect(await batchOf(house, batchId)).toMatchObject({
      status: 'WAITING_FOR_NUMBERS',
      counts: { issued: 1, waiting: 1 },
    });
    await apply(backfill, cardRow(second));
    expect((await batchOf(house, batchId)).status).toBe('COMPLETED');
    const application = await house.as('hr').get(`/certificate-applications/${String(card['applicationId'])}`);
    expect(application.body['state']).toBe('ISSUED');
  });

  it('says of each row what is wrong', async () => {
    const [known, other, outside, applied] = [
      await person(),
      await person(),
      await person({ subjectId: house.otherUnit }),
      await person(),
    ];
    await waiting([applied]);
    const taken = nextNumber();
    await insertCard(house, other.id, { number: taken });
    expect(
      await examine(
        backfill,
        cardRow(known),
        cardRow({ id: '', idNumber: 'nobody' }),
        cardRow(applied, { name: '李五' }),
        cardRow(applied, { number: taken }),
        cardRow(applied, { number: '12345' }),
        cardRow(applied, { number: '26000000001' }),
        cardRow(applied, { validTo: '2026-02-01' }),
        cardRow(applied, { type: '身份证' }),
        cardRow(outside),
      ),
    ).toEqual([
      ['ERROR APPLICATION_UNKNOWN'],
      ['ERROR OFFICER_UNKNOWN'],
      expect.arrayContaining(['ERROR NAME_MISMATCH']),
      expect.arrayContaining(['ERROR NUMBER_TAKEN']),
      expect.arrayContaining(['ERROR NUMBER_MALFORMED']),
      expect.arrayContaining(['WARNING NUMBER_PROVINCE_ORDINAL']),
      expect.arrayContaining(['ERROR VALIDITY_INVERTED']),
      ['ERROR CERTIFICATE_TYPE_UNKNOWN'],
      ['ERROR APPLICATION_UNKNOWN'],
    ]);
    const { problems: scoped } = await backfill.examine(
      { ...context(), actor: house.as('hr-1').actor },
      sheet(cardRow(outside)),
    );
    expect((scoped.get(2) ?? []).map(({ code }) => code)).toEqual(['OFFICER_UNKNOWN']);
  });

  it('two rows for one application, or with one number: neither', async () => {
    const [one, two] = [await person(), await person()];
    await waiting([one, two]);
    const number = nextNumber();
    const rows = [cardRow(one), cardRow(one), cardRow(two, { number }), cardRow(await person(), { number })];
    const found = await examine(backfill, ...rows);
    for (const problems of found) expect(problems).toContain('ERROR DUPLICATE_IN_FILE');
    expect((await apply(backfill, ...rows)).map(({ state }) => state)).toEqual([
      'FAILED',
      'FAILED',
      'FAILED',
      'FAILED',
    ]);
  });

  it('decides again: who no longer qualifies gets no card', async () => {
    const applied = await person();
    await waiting([applied]);
    factsOf(house).exceptions.set(applied.id, { leftFrom: Date.parse('2026-01-01') });
    expect(await examine(backfill, cardRow(applied))).toEqual([['ERROR LEFT_SERVICE']]);
    expect((await apply(backfill, cardRow(applied)))[0]?.state).toBe('FAILED');
    factsOf(house).exceptions.clear();
  });

  it('the same sheet from two workers at once: each card once', async () => {
    const all = [await person(), await person(), await person()];
    await waiting(all);
    const rows = all.map((one) => cardRow(one));
    const settled = await Promise.allSettled([apply(backfill, ...rows), apply(backfill, ...rows)]);
    const created = settled
      .flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
      .filter(({ state }) => state === 'CREATED');
    expect(created).toHaveLength(3);
  });
});

describe('existing certificates', () => {
  it('are taken over valid or expired, with unit and domains of the sheet or of the person', async () => {
    const [one, two] = [await person(), await person()];
    const outcomes = await apply(
      existing,
      cardRow(one, {
        validFrom: '2024-01-01',
        validTo: '2030-12-31',
        subjectName: '农业服务中心',
        domains: '农业、水利',
      }),
      cardRow(two, { validFrom: '2015-01-01', validTo: '2020-12-31', number: 'HN-123' }),
    );
    expect(outcomes.map(({ state }) => state)).toEqual(['CREATED', 'CREATED']);
    const valid = await cardOf(house, outcomes[0]?.targetId ?? '');
    expect(valid).toMatchObject({
      state: 'VALID',
      origin: 'LEGACY',
      subjectId: house.otherUnit,
      domains: ['AGRICULTURE', 'WATER'],
    });
    const past = await cardOf(house, outcomes[1]?.targetId ?? '');
    expect(past).toMatchObject({ state: 'EXPIRED', subjectId: house.unit, domains: [DOMAIN], certificateNo: 'HN-123' });
    expect(past.moves.map(({ command }) => command)).toEqual(['activate', 'expire']);
    expect((await apply(existing, cardRow(two)))[0]?.state).toBe('CREATED');
  });

  it('one live card of a type; a number only once; the same again changes nothing', async () => {
    const one = await person();
    const row = cardRow(one);
    await apply(existing, row);
    expect((await apply(existing, row))[0]?.state).toBe('UNCHANGED');
    const two = await person();
    expect(
      await examine(
        existing,
        row,
        { ...row, validTo: '2032-01-01' },
        cardRow(one),
        { ...cardRow(two), number: row['number'] ?? '' },
        cardRow(two, { subjectName: '不存在的单位', domains: '航天' }),
        cardRow(two, { number: '证字第1号' }),
        cardRow(two, { number: 'A-1' }),
      ),
    ).toEqual([
      ['NOTE ALREADY_RECORDED'],
      expect.arrayContaining(['ERROR ALREADY_RECORDED']),
      expect.arrayContaining(['ERROR LIVE_CERTIFICATE_EXISTS']),
      expect.arrayContaining(['ERROR NUMBER_TAKEN']),
      expect.arrayContaining(['ERROR SUBJECT_UNKNOWN', 'ERROR DOMAIN_UNKNOWN']),
      expect.arrayContaining(['ERROR NUMBER_MALFORMED']),
      expect.arrayContaining(['WARNING NUMBER_MALFORMED']),
    ]);
    expect((await apply(existing, cardRow(one)))[0]?.state).toBe('FAILED');
    const rivals = await examine(existing, cardRow(two), cardRow(two));
    for (const problems of rivals) expect(problems).toEqual(['ERROR DUPLICATE_IN_FILE']);
  });

  it('a card that only looks alive in the table is written down as expired', async () => {
    const one = await person();
    const stale = await insertCard(house, one.id, { validTo: '2025-12-31' });
    expect((await apply(existing, cardRow(one)))[0]?.state).toBe('CREATED');
    expect((await cardOf(house, stale)).moves.at(-1)?.command).toBe('expire');
  });
});

describe('taking an import back', () => {
  it('what nothing rests on is cancelled as if it had never been valid, and announced', async () => {
    const one = await person();
    const [outcome] = await apply(existing, cardRow(one));
    expect((await revert(existing, outcome?.targetId, true)).size).toBe(0);
    expect((await cardOf(house, outcome?.targetId ?? '')).state).toBe('VALID');
    house.announced.changes.length = 0;
    expect((await revert(existing, outcome?.targetId)).size).toBe(0);
    const card = await cardOf(house, outcome?.targetId ?? '');
    expect(card.state).toBe('CANCELLED');
    expect(Date.parse(card.moves.at(-1)?.effectiveFrom ?? '')).toBe(Date.parse('2026-03-01T00:00:00+08:00'));
    expect(house.announced.changes).toEqual([{ whom: { officerIds: [one.id] }, cause: 'certificate.withdraw' }]);
    expect((await revert(existing, outcome?.targetId)).get(2)?.[0]?.code).toBe('CERTIFICATE_FINAL');
  });

  it('what a check or a deployment rests on stays, and says why', async () => {
    const [checked, deployed] = [await person(), await person()];
    const rows = [cardRow(checked), cardRow(deployed)];
    const outcomes = await apply(existing, ...rows);
    const now = new Date();
    await house.uow.run(async () => {
      await house.db.insert('duty_checks', {
        id: newId(),
        subject_id: house.unit,
        matter_code: 'M',
        cleared: true,
        request_json: '{}',
        facts_json: '{}',
        facts_hash: '0'.repeat(64),
        decision_json: JSON.stringify({ members: [{ certificateNo: rows[0]?.['number'] }] }),
        rules_version: 'test',
        known_at: now,
        decided_at: now,
        decided_by: house.as('supervisor').actor.accountId,
      });
      const deploymentId = newId();
      await house.db.insert('deployments', {
        id: deploymentId,
        title: '检查',
        subject_id: house.unit,
        matter_code: 'M',
        span_from: now,
        span_to: new Date(now.getTime() + 3_600_000),
        status: 'PLANNED',
        via_kind: 'OWN_POWER',
        via_id: newId(),
        owner_id: house.as('supervisor').actor.accountId,
        created_at: now,
      });
      await house.db.insert('deployment_members', {
        deployment_id: deploymentId,
        officer_id: deployed.id,
        certificate_id: outcomes[1]?.targetId ?? null,
      });
    });
    for (const outcome of outcomes) {
      for (const dryRun of [true, false]) {
        expect((await revert(existing, outcome.targetId, dryRun)).get(2)?.[0]).toMatchObject({
          code: 'IN_USE',
          level: 'ERROR',
        });
      }
      expect((await cardOf(house, outcome.targetId ?? '')).state).toBe('VALID');
    }
  });
});
