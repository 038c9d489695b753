import { createHash } from 'node:crypto';
import { dayBegins, dayEnds, isDay } from './days.js';
import type { Report } from './differences.js';
import type { Dossier, MoveRow } from './dossier.js';
import { BEFORE, COUNTED, MOVES } from './law.js';

/** What the replay of the moves gives. */
export interface Life {
  readonly state: string | null;
  readonly reservedAt: string | null;
  readonly activatedAt: string | null;
  /** When the final move was entered. */
  readonly endedAt: string | null;
}

/** Replays the moves from the beginning and compares every step, then the state row. */
export function replay({ card, moves }: Dossier, now: string, report: Report): Life {
  let state: string | null = null;
  let reservedAt: string | null = null;
  let activatedAt: string | null = null;
  let endedAt: string | null = null;
  let before = '';
  for (const move of inOrder(moves)) {
    const rule = MOVES[move.command];
    const { command, recorded_at } = move;
    if (!rule?.from.includes(state)) report('MOVE_NOT_ALLOWED', { command, from: state });
    else if (rule.to !== move.state_after) report('MOVE_STATE_DIFFERS', { command, stateAfter: move.state_after });
    if (recorded_at > now || recorded_at < before || recorded_at < card.recorded_at)
      report('MOVE_TIME_WRONG', { command, recordedAt: recorded_at });
    judgeMove(card, move, state, report);
    state = move.state_after;
    before = recorded_at;
    if (command === 'reserve') reservedAt = recorded_at;
    else if (command === 'activate') activatedAt = recorded_at;
    else endedAt ??= recorded_at;
  }
  if (moves.length === 0) report('MOVE_LOST');
  if (card.status === null) report('STATE_MISSING');
  else if (moves.length > 0 && card.status !== state) report('STATE_DIFFERS', { state: card.status, replayed: state });
  const slot = card.status === 'VALID' ? `${card.officer_id}:${card.type}` : null;
  if (card.live_slot !== slot) report('LIVE_SLOT_DIFFERS', { state: card.status });
  return { state, reservedAt, activatedAt, endedAt };
}

/** By time; what was entered in one moment in the order in which it is lawful, where there is one. */
function inOrder(moves: readonly MoveRow[]): readonly MoveRow[] {
  const order: MoveRow[] = [];
  const left = [...moves];
  let state: string | null = null;
  while (left.length > 0) {
    const first = left[0]?.recorded_at ?? '';
    const here: string | null = state;
    const at = left.findIndex(
      ({ command, recorded_at }) => recorded_at === first && MOVES[command]?.from.includes(here) === true,
    );
    const [move] = left.splice(Math.max(at, 0), 1);
    if (!move) break;
    order.push(move);
    state = move.state_after;
  }
  return order;
}

/** When the legal effect may lie, by the kind of move. */
function judgeMove(card: Dossier['card'], move: MoveRow, before: string | null, report: Report): void {
  const { command, effective_from, recorded_at } = move;
  const wrong = (): void => report('MOVE_TIME_WRONG', { command, effectiveFrom: effective_from });
  if (command === 'expire' && effective_from !== dayEnds(card.valid_to)) wrong();
  if (command === 'expire' && recorded_at < dayEnds(card.valid_to)) wrong();
  if (command === 'activate') {
    const due = card.origin === 'LEGACY' ? dayBegins(card.valid_from) : recorded_at;
    if (effective_from !== due) wrong();
    if (card.origin === 'ALLOCATED' && before !== 'RESERVED') report('MOVE_NOT_ALLOWED', { command, from: before });
  }
  if (command === 'reserve' && card.origin !== 'ALLOCATED') report('MOVE_NOT_ALLOWED', { command, from: before });
  if (command === 'replace' && effective_from < recorded_at) wrong();
  if (command === 'revoke' && (!move.ground || !move.document)) report('MOVE_GROUND_MISSING');
}

/** Content, digest and the columns beside it say the same. */
export function judgeContent({ card }: Dossier, report: Report): Record<string, unknown> | null {
  if (createHash('sha256').update(card.content_json).digest('hex') !== card.content_hash) report('CONTENT_HASH');
  let content: Record<string, unknown>;
  try {
    content = readContent(card.content_json);
  } catch {
    report('CONTENT_UNREADABLE');
    return null;
  }
  const columns: Readonly<Record<string, string | null>> = {
    id: card.id,
    type: card.type,
    number: card.number,
    officerId: card.officer_id,
    subjectId: card.subject_id,
    holderName: card.holder_name,
    subjectName: card.subject_name,
    validFrom: card.valid_from,
    validTo: card.valid_to,
    origin: card.origin,
    applicationId: card.application_id,
    batchId: card.batch_id,
    importId: card.import_id,
    previousCertificateId: card.previous_certificate_id,
    publicCode: card.public_code,
    rulesVersion: card.rules_version,
    recordedAt: `${card.recorded_at.replace(' ', 'T')}Z`,
  };
  for (const [key, value] of Object.entries(columns))
    if ((content[key] ?? null) !== value) report('CONTENT_DIFFERS', { field: key });
  if (JSON.stringify(content['domains']) !== card.domains_json) report('CONTENT_DIFFERS', { field: 'domains' });
  return content;
}

/** Facts of the evidence that the conditions need: of those the product keeps no history elsewhere. */
const KEPT = /"(?:birthDate|education|hasLegalQualification)":(?:"[^"\\]*"|null|true|false)/g;

/** Reads the content; of its long evidence only what is needed, because it stands in the middle of sorted keys and has its digest. */
function readContent(json: string): Record<string, unknown> {
  const from = json.indexOf('"evidence":{');
  const to = json.lastIndexOf(',"holderName":');
  if (from < 0 || to < from) return JSON.parse(json) as Record<string, unknown>;
  const facts = [...new Set(json.slice(from, to).match(KEPT) ?? [])].join(',');
  return JSON.parse(`${json.slice(0, from)}"evidence":{"facts":{${facts}}}${json.slice(to)}`) as Record<
    string,
    unknown
  >;
}

export function judgeDates({ card }: Dossier, now: string, report: Report): void {
  if (!isDay(card.valid_from) || !isDay(card.valid_to) || card.valid_to <= card.valid_from)
    report('VALIDITY_INVERTED', { validFrom: card.valid_from, validTo: card.valid_to });
  const { batch_valid_from, batch_valid_to } = card;
  if (card.origin === 'ALLOCATED' && (batch_valid_from !== card.valid_from || batch_valid_to !== card.valid_to))
    report('VALIDITY_DIFFERS', { validTo: card.valid_to, batch: batch_valid_to });
  if (card.recorded_at > now) report('RECORDED_IN_FUTURE', { recordedAt: card.recorded_at });
}

/** Old to new is one unbroken chain. `life` is that of the new card. */
export function judgeChain({ card, siblings }: Dossier, life: Life, report: Report): void {
  const follows = card.previous_certificate_id;
  const type = card.app_type;
  if (type !== null && type in BEFORE && follows === null) report('CHAIN_MISSING', { applicationType: type });
  if (follows !== null) {
    if (type === 'FIRST' || card.origin === 'LEGACY') report('CHAIN_UNEXPECTED');
    const isSame = card.previous_officer_id === card.officer_id && card.previous_type === card.type;
    if (!isSame || follows === card.id || (card.previous_recorded_at ?? '~') > card.recorded_at)
      report('CHAIN_BROKEN', { previous: follows });
    const allowed = BEFORE[type ?? ''];
    if (life.activatedAt !== null && allowed && !allowed.includes(card.previous_status ?? ''))
      report('CHAIN_STATE', { previous: follows, state: card.previous_status });
    const rival = siblings.find(
      (other) => other.previous_certificate_id === follows && other.activated_at !== null && life.activatedAt !== null,
    );
    if (rival && rival.sibling_id > card.id) report('CHAIN_FORKED', { previous: follows, other: rival.sibling_id });
  }
  // Ended by a card of the same type that became valid in the same moment.
  const ended = life.state === 'REPLACED' ? life.endedAt : null;
  if (
    ended !== null &&
    !siblings.some(({ type: other, activated_at }) => other === card.type && activated_at === ended)
  )
    report('SUCCESSOR_MISSING');
}

/** Suspensions: on a card that was valid then, closed by the row that replaces them. */
export function judgeSuspensions({ suspensions, audits }: Dossier, life: Life, untold: string, report: Report): void {
  let open = 0;
  for (const row of suspensions) {
    const follower = suspensions.find(
      (next) => next.recorded_at === row.superseded_at && next.effective_from === row.effective_from,
    );
    const isReplaced = row.superseded_at === null || follower !== undefined;
    const isInTime =
      life.activatedAt !== null &&
      row.recorded_at >= life.activatedAt &&
      (life.endedAt === null || row.recorded_at <= life.endedAt);
    const isSpan = row.effective_to === null || row.effective_to >= row.effective_from;
    if (row.superseded_at === null && row.effective_to === null) open += 1;
    if (!isReplaced || !isInTime || !isSpan) report('SUSPENSION_WRONG', { suspension: row.id });
  }
  if (open > 1) report('SUSPENSION_WRONG', { open });
  for (const [verb, isOpen] of [
    ['certificate.suspend', true],
    ['certificate.lift', false],
  ] as const) {
    const rows = suspensions.filter(({ effective_to }) => (effective_to === null) === isOpen);
    const told = audits.filter((entry) => entry.verb === verb).length;
    if (told > rows.length) report('SUSPENSION_LOST', { verb, told, rows: rows.length });
    if (told < rows.filter(({ recorded_at }) => recorded_at > untold).length) report('AUDIT_MISSING', { verb });
  }
}

/** Each move has its entry, and each entry its move. Moves up to `untold` are demonstration data: one entry tells of them all. */
export function judgeAudit({ card, moves, audits }: Dossier, untold: string, report: Report): void {
  for (const [command, { audit }] of COUNTED) {
    const done = moves.filter((move) => move.command === command);
    const told = audits.filter(({ verb }) => audit.includes(verb)).length;
    if (told < done.filter(({ recorded_at }) => recorded_at > untold).length) report('AUDIT_MISSING', { command });
    if (told > done.length) report('MOVE_MISSING', { command });
  }
  for (const { verb, after_json } of audits) {
    if (verb !== 'certificate.issue' && verb !== 'certificate.take-over') continue;
    const after = readObject(after_json);
    const same =
      after['number'] === card.number && after['officerId'] === card.officer_id && after['type'] === card.type;
    if (!same) report('AUDIT_DIFFERS', { verb });
  }
}

export function readObject(json: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json ?? 'null');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
