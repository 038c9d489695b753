import type {
  AssignmentRow,
  AuditRow,
  BarRow,
  CardRow,
  Dossier,
  EnrolmentRow,
  HindranceRow,
  MoveRow,
  ResultRow,
  SiblingRow,
  StepRow,
  SuspensionRow,
} from './dossier.js';
import type { Source } from './source.js';

/** Certificates of one run of ids, with all rows that belong to them, and rows of the run that belong to none. */
export interface Chunk {
  readonly dossiers: readonly Dossier[];
  /** Certificates of which the audit trail speaks and that are not there, with the verb. */
  readonly strays: readonly AuditRow[];
}

const CARDS = `SELECT c.id, c.type, c.number, c.officer_id, c.subject_id, c.holder_name, c.subject_name, c.domains_json, c.valid_from,
  c.valid_to, c.origin, c.application_id, c.batch_id, c.import_id, c.previous_certificate_id, c.public_code, c.content_json,
  c.content_hash, c.rules_version, c.recorded_at,
  st.status, st.live_slot,
  n.state AS ledger_state, n.certificate_id AS ledger_certificate_id, n.origin AS ledger_origin, n.reason AS ledger_reason,
  a.id AS app_id, a.type AS app_type, a.certificate_type AS app_certificate_type, a.officer_id AS app_officer_id,
  a.subject_id AS app_subject_id, a.domains_json AS app_domains_json, a.state AS app_state, a.submitted_by AS app_submitted_by,
  b.number_mode AS batch_mode, b.status AS batch_status, b.valid_from AS batch_valid_from, b.valid_to AS batch_valid_to,
  b.created_at AS batch_created_at,
  i.status AS item_status, i.certificate_id AS item_certificate_id,
  p.officer_id AS previous_officer_id, p.type AS previous_type, p.domains_json AS previous_domains_json,
  p.valid_from AS previous_valid_from, p.valid_to AS previous_valid_to, p.recorded_at AS previous_recorded_at,
  ps.status AS previous_status,
  o.birth_date, o.education, o.legal_qualification_no IS NOT NULL AS is_legal_professional
 FROM certificates c
 JOIN officers o ON o.id = c.officer_id
 LEFT JOIN certificate_states st ON st.certificate_id = c.id
 LEFT JOIN certificate_numbers n ON n.type = c.type AND n.number = c.number
 LEFT JOIN certificate_applications a ON a.id = c.application_id
 LEFT JOIN certificate_batches b ON b.id = c.batch_id
 LEFT JOIN certificate_batch_items i ON i.batch_id = c.batch_id AND i.application_id = c.application_id
 LEFT JOIN certificates p ON p.id = c.previous_certificate_id
 LEFT JOIN certificate_states ps ON ps.certificate_id = p.id
 WHERE c.id > ? AND c.id <= ? ORDER BY c.id`;

/** Rows keyed by the certificate itself. */
const OWN = {
  moves: `SELECT certificate_id, command, state_after, ground, document, effective_from, recorded_at FROM certificate_moves
    WHERE certificate_id > ? AND certificate_id <= ? ORDER BY certificate_id, recorded_at, id`,
  suspensions: `SELECT certificate_id, id, effective_from, effective_to, recorded_at, superseded_at FROM certificate_suspensions
    WHERE certificate_id > ? AND certificate_id <= ? ORDER BY certificate_id, recorded_at, id`,
  audits: `SELECT target_id AS certificate_id, verb, after_json, recorded_at FROM audit_entries
    WHERE target_type = 'certificate' AND target_id > ? AND target_id <= ? ORDER BY target_id, seq`,
  siblings: `SELECT c.id AS certificate_id, d.id AS sibling_id, d.type, d.number, d.valid_to, d.previous_certificate_id,
     (SELECT MIN(m.recorded_at) FROM certificate_moves m WHERE m.certificate_id = d.id AND m.command = 'activate') AS activated_at,
     (SELECT MIN(m.recorded_at) FROM certificate_moves m WHERE m.certificate_id = d.id AND m.command NOT IN ('reserve', 'activate'))
       AS ended_at
    FROM certificates c JOIN certificates d ON d.officer_id = c.officer_id AND d.id <> c.id
    WHERE c.id > ? AND c.id <= ? ORDER BY c.id, d.id`,
} as const;

/** Rows of the person and of the application; a card that was taken over was not decided here and rests on none of them. */
const decided = (columns: string, table: string, key: string, more = ''): string =>
  `SELECT c.id AS certificate_id, ${columns} FROM certificates c JOIN ${table} x ON x.${key}
   WHERE c.id > ? AND c.id <= ? AND c.origin <> 'LEGACY' ${more}`;
const OF_OFFICER = 'officer_id = c.officer_id';
const PERIOD = 'x.effective_from, x.effective_to, x.recorded_at, x.superseded_at';

const RESTS_ON = {
  steps: decided(
    'x.step, x.decision, x.actor_id, x.decided_at',
    'certificate_application_steps',
    'application_id = c.application_id',
  ),
  assignments: decided(
    `x.subject_id, x.staff_category, x.on_establishment, ${PERIOD}`,
    'officer_assignments',
    OF_OFFICER,
  ),
  departures: decided(
    'x.effective_from, NULL AS effective_to, x.recorded_at, x.superseded_at',
    'officer_departures',
    OF_OFFICER,
  ),
  offPosts: decided(PERIOD, 'officer_off_post_orders', OF_OFFICER),
  bars: decided(
    'x.ground, x.barred_from, x.barred_to, x.recorded_at, x.superseded_at',
    'qualification_bars',
    OF_OFFICER,
  ),
  enrolments: decided(
    'x.class_id, x.hours_confirmed, x.confirmed_at',
    'training_enrolments',
    OF_OFFICER,
    'AND x.hours_confirmed IS NOT NULL',
  ),
  results: decided(
    `x.paper_id, x.score, (SELECT v.recorded_at FROM exam_pass_voids v WHERE v.officer_id = x.officer_id AND v.paper_id = x.paper_id)
       AS voided_at`,
    'exam_results',
    OF_OFFICER,
    `AND x.outcome = 'SCORED'`,
  ),
} as const;

function grouped<Row extends { readonly certificate_id: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.certificate_id);
    if (group) group.push(row);
    else groups.set(row.certificate_id, [row]);
  }
  return groups;
}

/** Certificates whose ids come after the one and not after the other. */
export interface Range {
  readonly after: string;
  readonly upTo: string;
}

/** Beyond every id. */
const END = '~';
export const WHOLE: Range = { after: '', upTo: END };

/** The register in so many ranges of about as many certificates each; the last one is open, for what is issued meanwhile. */
export async function rangesOf(source: Source, parts: number): Promise<Range[]> {
  const [{ n } = { n: 0 }] = await source.rows<{ n: number | string }>('SELECT COUNT(*) AS n FROM certificates');
  const size = Math.ceil(Number(n) / parts);
  const ranges: Range[] = [];
  for (let after = ''; after !== END;) {
    const upTo = ranges.length === parts - 1 ? END : await lastOf(source, { after, upTo: END }, Math.max(size, 1));
    ranges.push({ after, upTo });
    after = upTo;
  }
  return ranges;
}

/** All certificates of a range in runs of so many, ascending. The next run is on its way while one is judged, so two are held, never more. */
export async function* chunks(source: Source, size: number, { after, upTo }: Range): AsyncGenerator<Chunk> {
  let next = read(source, after, await lastOf(source, { after, upTo }, size));
  for (;;) {
    const { chunk, last } = await next;
    if (last === upTo) {
      yield chunk;
      return;
    }
    next = lastOf(source, { after: last, upTo }, size).then((end) => read(source, last, end));
    // Somebody may leave this loop early: its failure is then nobody's.
    next.catch(() => undefined);
    yield chunk;
  }
}

async function lastOf(source: Source, { after, upTo }: Range, size: number): Promise<string> {
  const rows = await source.rows<{ id: string }>(
    'SELECT id FROM certificates WHERE id > ? AND id <= ? ORDER BY id LIMIT 1 OFFSET ?',
    [after, upTo, size - 1],
  );
  return rows[0]?.id ?? upTo;
}

async function read(source: Source, after: string, last: string): Promise<{ chunk: Chunk; last: string }> {
  const range = [after, last];
  const of = async <Row extends { readonly certificate_id: string }>(sql: string) =>
    grouped(await source.rows<Row>(sql, range));
  // One connection: the server works on one while the answers of the others are read.
  const [cards, moves, suspensions, audits, siblings, steps, assignments] = await Promise.all([
    source.rows<CardRow>(CARDS, range),
    of<MoveRow>(OWN.moves),
    of<SuspensionRow>(OWN.suspensions),
    of<AuditRow>(OWN.audits),
    of<SiblingRow>(OWN.siblings),
    of<StepRow>(RESTS_ON.steps),
    of<AssignmentRow>(RESTS_ON.assignments),
  ]);
  const [departures, offPosts, bars, enrolments, results] = await Promise.all([
    of<HindranceRow>(RESTS_ON.departures),
    of<HindranceRow>(RESTS_ON.offPosts),
    of<BarRow>(RESTS_ON.bars),
    of<EnrolmentRow>(RESTS_ON.enrolments),
    of<ResultRow>(RESTS_ON.results),
  ]);
  const known = new Set(cards.map(({ id }) => id));
  const strays = [...audits].flatMap(([id, rows]) => (known.has(id) ? [] : rows));
  const dossiers = cards.map((card): Dossier => {
    const { id } = card;
    return {
      card,
      moves: moves.get(id) ?? [],
      suspensions: suspensions.get(id) ?? [],
      audits: audits.get(id) ?? [],
      siblings: siblings.get(id) ?? [],
      steps: steps.get(id) ?? [],
      assignments: assignments.get(id) ?? [],
      departures: departures.get(id) ?? [],
      offPosts: offPosts.get(id) ?? [],
      bars: bars.get(id) ?? [],
      enrolments: enrolments.get(id) ?? [],
      results: results.get(id) ?? [],
    };
  });
  return { chunk: { dossiers, strays }, last };
}
