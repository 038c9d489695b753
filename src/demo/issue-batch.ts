import {
  CertificateMoves,
  CertificateRegister,
  type CertificateDraft,
  type StatePlace,
} from '../certificates/index.js';
import { newId } from '../kernel/ids.js';
import { lastDayOfYears, legalDateOf, startOfDay, type LegalDate } from '../rules/calendar.js';
import { counterKey, writeNumber } from '../rules/numbering.rules.js';
import type { LoadedApplication } from './applications.js';
import { SERIALS } from './load-cards.js';
import { DEMO_SCHEME } from './load-settings.js';
import type { Stage } from './stage.js';

interface BatchPlan {
  readonly at: number;
  readonly validFrom: LegalDate;
  /** Counted from the first serial of our batches. */
  readonly firstSerial: number;
}

const PATTERN = '^\\d{11}$';

/** A batch as the worker leaves it: numbers reserved, then certificates made valid and the earlier ones ended. */
export async function issueBatch(
  stage: Stage,
  applications: readonly LoadedApplication[],
  { at, validFrom, firstSerial }: BatchPlan,
): Promise<void> {
  const { db, app } = stage;
  const batchId = newId();
  const validTo = lastDayOfYears(validFrom, 5);
  const owner = stage.body('government');
  const finished = at + 20_000;
  await db.insert('certificate_batches', {
    id: batchId,
    status: 'COMPLETED',
    number_mode: 'ALLOCATED',
    valid_from: validFrom,
    valid_to: validTo,
    owner_subject_id: owner.id,
    epoch: 1,
    version: 2,
    created_by: stage.by('approver'),
    created_at: new Date(at),
    finished_at: new Date(finished),
  });
  const context = {
    type: 'ENFORCEMENT',
    issuedOn: legalDateOf(at) ?? '',
    codes: { CITY: '01', COUNTY: '02' },
  } as const;
  const drafts = applications.map((application, i): CertificateDraft => {
    const { officer, ruling } = application;
    const body = stage.body(officer.body);
    const written = writeNumber(DEMO_SCHEME, context, SERIALS.batches + firstSerial + i, PATTERN);
    if (!written.ok) throw new Error('the scheme of the story writes no number');
    return {
      type: 'ENFORCEMENT',
      number: written.number,
      officerId: officer.id,
      holderName: officer.name,
      subjectId: body.id,
      subjectName: body.name,
      domains: officer.domains,
      validFrom,
      validTo,
      issuer: owner.name,
      origin: 'ALLOCATED',
      applicationId: application.id,
      batchId,
      importId: null,
      previousCertificateId: ruling.previousCertificateId,
      evidence: ruling.evidence,
    };
  });
  const moves = app.get(CertificateMoves, { strict: false });
  const entered = await app
    .get(CertificateRegister, { strict: false })
    .enter(drafts, 'RESERVED', at + 5_000, stage.by('approver'));
  const places = entered.map(({ id, draft }): StatePlace => ({
    certificate: { id, ...draft },
    effectiveFrom: at + 5_000,
  }));
  await moves.record('reserve', places, at + 5_000, null);
  await endEarlier(stage, moves, applications, validFrom, finished);
  await moves.moveAll(
    'activate',
    places.map((place) => ({ ...place, effectiveFrom: finished })),
    finished,
    null,
  );
  await db.execute(`UPDATE certificate_numbers SET state = 'ISSUED' WHERE state = 'RESERVED'`);
  await db.insert(
    'certificate_batch_items',
    entered.map(({ id, draft }) => ({
      batch_id: batchId,
      application_id: draft.applicationId,
      status: 'ISSUED',
      certificate_id: id,
    })),
  );
  await setCounter(stage, counterKey(DEMO_SCHEME, context), SERIALS.batches + firstSerial + drafts.length);
  for (const { id, draft } of entered) stage.cards.set(draft.officerId, id);
}

/** BR-62: the new card ends the one it follows, unless that one has ended already. */
async function endEarlier(
  { cards }: Stage,
  moves: CertificateMoves,
  applications: readonly LoadedApplication[],
  validFrom: LegalDate,
  now: number,
): Promise<void> {
  const effectiveFrom = Math.max(now, startOfDay(validFrom) ?? now);
  const replaced = applications
    .filter(({ type }) => type === 'EXCHANGE' || type === 'RENEW')
    .map(({ officer }): StatePlace => ({
      certificate: { id: cards.get(officer.id) ?? '', officerId: officer.id, type: 'ENFORCEMENT' },
      effectiveFrom,
    }));
  await moves.moveAll('replace', replaced, now, null);
}

async function setCounter({ db }: Stage, key: string, nextSerial: number): Promise<void> {
  const changed = await db.execute('UPDATE certificate_number_counters SET next_serial = ? WHERE counter_key = ?', [
    nextSerial,
    key,
  ]);
  if (changed === 0) await db.insert('certificate_number_counters', { counter_key: key, next_serial: nextSerial });
}
