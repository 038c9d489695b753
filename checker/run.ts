import { judgeApproval } from './approval.js';
import { Bodies } from './bodies.js';
import { chunks, WHOLE, type Range } from './chunks.js';
import { judgeConditions, type Sources } from './conditions.js';
import type { Difference, DifferenceCode, Report } from './differences.js';
import type { Dossier } from './dossier.js';
import { Expiries, Reservations } from './group-entries.js';
import { Learning } from './learning.js';
import { judgeAudit, judgeChain, judgeContent, judgeDates, judgeSuspensions, replay, type Life } from './life.js';
import { NumberJudge } from './numbers.js';
import { SettingHistory } from './settings.js';
import type { Source } from './source.js';
import { judgeTwins, sweep } from './whole.js';

/** Certificates that are read at a time. Memory holds two such runs, whatever the size of the register. */
const AT_ONCE = 1000;

export interface Outcome {
  readonly certificates: number;
  readonly numbers: number;
  readonly differences: ReadonlyMap<DifferenceCode, number>;
}

type Tell = (difference: Difference) => void;

/** Reads everything and tells each difference as it is found. It repairs nothing. */
export async function check(
  source: Source,
  tell: Tell,
  options: { readonly now?: string; readonly atOnce?: number } = {},
): Promise<Outcome> {
  const { differences, count } = counting(tell);
  const certificates = await judgeCertificates(source, WHOLE, count, options);
  const numbers = await judgeRegister(source, count);
  return { certificates, numbers, differences };
}

/** Tells on and counts by code. */
export function counting(tell: Tell): { readonly differences: Map<DifferenceCode, number>; readonly count: Tell } {
  const differences = new Map<DifferenceCode, number>();
  return {
    differences,
    count: (difference) => {
      differences.set(difference.code, (differences.get(difference.code) ?? 0) + 1);
      tell(difference);
    },
  };
}

/** What shows in the whole register only, and the ledger of numbers; gives how many numbers there are. */
export async function judgeRegister(source: Source, count: Tell): Promise<number> {
  await sweep(source, count);
  const numbers = await NumberJudge.read(source, await SettingHistory.read(source), await Bodies.read(source));
  return numbers.judgeAll(source, (difference) => count({ ...difference, certificateId: null }));
}

/** Each certificate of a range by itself, with all that it rests on; gives how many there are. */
export async function judgeCertificates(
  source: Source,
  range: Range,
  count: Tell,
  options: { readonly now?: string; readonly atOnce?: number } = {},
): Promise<number> {
  // Asked in the snapshot, so nothing in it is later.
  const [{ now: clock } = { now: '' }] = await source.rows<{ now: string }>('SELECT UTC_TIMESTAMP(3) AS now');
  const now = options.now ?? clock;
  const bodies = await Bodies.read(source);
  const settings = await SettingHistory.read(source);
  const sources: Sources = { settings, bodies, learning: await Learning.read(source) };
  const numbers = await NumberJudge.read(source, settings, bodies);
  const untold = await demonstrationLoadedAt(source);
  const groups = { expiries: new Expiries(source), reservations: new Reservations(source) };
  let certificates = 0;
  for await (const { dossiers, strays } of chunks(source, options.atOnce ?? AT_ONCE, range)) {
    await groups.expiries.prepare(dossiers);
    await groups.reservations.prepare(dossiers);
    for (const dossier of dossiers) {
      const { id, number } = dossier.card;
      const report: Report = (code, detail = {}) => count({ code, certificateId: id, certificateNo: number, detail });
      const life = replay(dossier, now, report);
      judgeOne(dossier, life, { now, untold }, report);
      numbers.judge(dossier, life, report);
      judgeTwins(dossier, life, settings, report);
      if (life.activatedAt !== null && dossier.card.origin !== 'LEGACY')
        judgeConditions(dossier, life.activatedAt, contentOf(dossier, report), sources, report);
      groups.expiries.judge(dossier, untold, report);
      groups.reservations.judge(dossier, untold, report);
    }
    for (const { certificate_id, verb } of strays)
      count({ code: 'CERTIFICATE_LOST', certificateId: certificate_id, certificateNo: null, detail: { verb } });
    certificates += dossiers.length;
  }
  return certificates;
}

function judgeOne(
  dossier: Dossier,
  life: Life,
  { now, untold }: { readonly now: string; readonly untold: string },
  report: Report,
): void {
  judgeDates(dossier, now, report);
  judgeChain(dossier, life, report);
  judgeApproval(dossier, life, now, report);
  judgeSuspensions(dossier, life, untold, report);
  judgeAudit(dossier, untold, report);
  if (life.activatedAt === null || dossier.card.origin === 'LEGACY') contentOf(dossier, report);
}

const contentOf = (dossier: Dossier, report: Report): Record<string, unknown> => judgeContent(dossier, report) ?? {};

/** Up to when everything was demonstration data, of which one audit entry tells; never, in a real installation. */
async function demonstrationLoadedAt(source: Source): Promise<string> {
  const rows = await source.rows<{ loaded_at: string | null }>(
    `SELECT MIN(recorded_at) AS loaded_at FROM audit_entries
     WHERE target_type = 'demo' AND target_id = 'zhongyuan' AND verb = 'demo.load'`,
  );
  return rows[0]?.loaded_at ?? '';
}
