import { instantOf } from './days.js';
import type { Report } from './differences.js';
import type { Dossier } from './dossier.js';
import type { Life } from './life.js';

/** Longer than this nothing stays reserved (docs/issuance-cycle.md, 8), unless its batch is still being issued. */
const FORGOTTEN_MS = 60_000;

/** The application behind the certificate, its approval by different people, and the item of its batch. */
export function judgeApproval({ card, steps }: Dossier, life: Life, now: string, report: Report): void {
  if (card.origin === 'LEGACY') {
    if (card.application_id !== null || card.batch_id !== null) report('NUMBER_ORIGIN', { origin: card.origin });
    return;
  }
  if (card.app_id === null) return report('APPLICATION_MISSING');
  const isSame =
    card.app_officer_id === card.officer_id &&
    card.app_subject_id === card.subject_id &&
    card.app_certificate_type === card.type &&
    sameSet(card.app_domains_json, card.domains_json);
  if (!isSame) report('APPLICATION_DIFFERS');
  judgeSteps(card, steps, life, report);
  judgeStanding(card, life, now, report);
}

function judgeSteps(card: Dossier['card'], steps: Dossier['steps'], life: Life, report: Report): void {
  const inOrder = [...steps].sort((a, b) => (a.decided_at < b.decided_at ? -1 : a.decided_at > b.decided_at ? 1 : 0));
  // What was returned begins anew when it is handed in again.
  const begins = inOrder.findLastIndex(({ step }) => step === 'SUBMISSION');
  const submission = inOrder[begins];
  const current = inOrder.filter(
    ({ step, decided_at }) => step !== 'SUBMISSION' && decided_at >= (submission?.decided_at ?? ''),
  );
  const decisive = ['DISTRICT_REVIEW', 'DISTRICT_APPROVAL'].map((wanted) =>
    current.find(({ step, decision }) => step === wanted && decision === 'APPROVE'),
  );
  const all = [submission, ...decisive];
  if (all.some((step) => step === undefined)) report('APPROVAL_MISSING');
  const after = current.filter(({ decided_at }) => decided_at > (submission?.decided_at ?? ''));
  if (after.some(({ decision }) => decision === 'RETURN' || decision === 'REJECT')) report('APPROVAL_MISSING');
  // Whoever handed it in counts as well, whatever the row of the submission says.
  const actors = [card.app_submitted_by ?? '', ...decisive.map((step) => step?.actor_id ?? '')].filter(Boolean);
  if (new Set(actors).size !== actors.length) report('APPROVAL_NOT_SEPARATE');
  const issued = life.activatedAt ?? card.recorded_at;
  const times = all.map((step) => step?.decided_at ?? '');
  if (times.some((time, i) => time > issued || time < (times[i - 1] ?? ''))) report('APPROVAL_TOO_LATE');
}

function judgeStanding(card: Dossier['card'], life: Life, now: string, report: Report): void {
  const wasIssued = life.activatedAt !== null;
  if (wasIssued && card.app_state !== 'ISSUED') report('APPLICATION_STATE', { state: card.app_state });
  const item = wasIssued ? 'ISSUED' : life.state === 'RESERVED' ? 'RESERVED' : 'REFUSED';
  // An application whose reservation was given up may be issued later in another batch; each batch has its own item.
  if (card.item_status !== item || card.item_certificate_id !== card.id)
    report('ITEM_DIFFERS', { item: card.item_status, wanted: item });
  if (life.state !== 'RESERVED' || card.batch_status === 'ISSUING') return;
  if (instantOf(now) - instantOf(card.recorded_at) > FORGOTTEN_MS) report('RESERVATION_FORGOTTEN');
}

function sameSet(a: string | null, b: string): boolean {
  if (a === b) return true;
  const sorted = (json: string | null): string => JSON.stringify((JSON.parse(json ?? '[]') as string[]).sort());
  return sorted(a) === sorted(b);
}
