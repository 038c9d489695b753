/**
 * Fills a migrated database to size by SQL: bodies, officers with their assignment, certificates with state and moves, hours of
 * last year. Ids count upwards like those of the application, so that the indexes grow the same way.
 */
import { connect } from '../../scripts/lib/external-servers.mjs';

/** Bodies below the district; officers are dealt out to them in turn. */
export const UNITS = 50;
const CHUNK = 50_000;
export const MATTER = 'BENCH-CONFIRMATION';

/** `kind` keeps the ids of different tables apart. */
const id = (kind, n) => `0190${kind.toString(16).padStart(4, '0')}-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
const idSql = (kind, n = 'n') => `CONCAT('${id(kind, 0).slice(0, 24)}', LPAD(LOWER(HEX(${n})), 12, '0'))`;
const UNIT_SQL = idSql(1, `1 + MOD(n, ${UNITS})`);

export const officerId = (n) => id(2, n);
export const unitOf = (n) => id(1, 1 + (n % UNITS));
/** The valid one of the n-th officer. */
export const certificateId = (n) => id(0x10, n);
export const certificateNo = (n) => `16${String(n).padStart(9, '0')}`;

export async function fill(ownerUrl, { officers, certificates }) {
  const connection = await connect(ownerUrl, { timezone: 'Z' });
  try {
    await connection.query(`SET SESSION foreign_key_checks = 0, unique_checks = 0`);
    const accountId = await fillOrganisation(connection);
    await numbers(connection, officers);
    await fillOfficers(connection, officers);
    await fillCertificates(connection, officers, certificates);
    await fillHours(connection, officers);
    await fillPast(connection, officers);
    await connection.query('DROP TABLE bench_numbers');
    await connection.query(`ANALYZE TABLE ${ANALYSED.join(', ')}`);
    return { accountId, matterId: id(3, 1) };
  } finally {
    await connection.end();
  }
}

const ANALYSED = [
  'subjects',
  'officers',
  'officer_assignments',
  'certificates',
  'certificate_states',
  'certificate_moves',
  'training_enrolments',
  'certificate_suspensions',
  'certificate_review_periods',
  'officer_off_post_orders',
];

const PAST = `'2021-01-01 00:00:00'`;

async function fillOrganisation(connection) {
  const [root, accountId] = [id(1, 0), id(4, 1)];
  const units = Array.from({ length: UNITS }, (_, i) => id(1, i + 1));
  const past = new Date('2021-01-01T00:00:00Z');
  const insert = (table, columns, rows) => connection.query(`INSERT INTO ${table} (${columns}) VALUES ?`, [rows]);
  const uscc = (n) => `11410102T${String(n).padStart(7, '0')}XA`;
  await insert('subjects', 'id, name, uscc, active_uscc, kind, division_code, parent_id, path, created_at', [
    [root, '某区人民政府', uscc(0), uscc(0), 'ADMIN_ORGAN', '410102', null, `/${root}/`, past],
    ...units.map((unit, i) => [
      ...[unit, `第${i + 1}执法局`, uscc(i + 1), uscc(i + 1), 'ADMIN_ORGAN', '410102', root],
      ...[`/${root}/${unit}/`, past],
    ]),
  ]);
  await insert(
    'subject_status_periods',
    'id, subject_id, status, effective_from, recorded_at',
    units.map((unit, i) => [id(5, i), unit, 'CONFIRMED', past, past]),
  );
  await insert('matters', 'id, code, name, act_type, domain, created_at', [
    [id(3, 1), MATTER, '行政确认', 'CONFIRMATION', 'URBAN_MANAGEMENT', past],
  ]);
  await insert(
    'subject_powers',
    'id, subject_id, matter_code, jurisdiction_code, basis_title, basis_article, basis_rank, valid_from, recorded_at',
    units.map((unit, i) => [id(6, i), unit, MATTER, '410102', '条例', '第十条', 'LAW', '2021-01-01', past]),
  );
  await insert('accounts', 'id, username, display_name, password_hash, status, home_subject_id, created_at', [
    [accountId, 'bench', '测量', '$none$', 'ACTIVE', root, past],
  ]);
  await insert('account_roles', 'account_id, role', [[accountId, 'SUPERVISOR']]);
  return accountId;
}

/** The numbers 1 to `count`, by doubling. */
async function numbers(connection, count) {
  await connection.query('CREATE TABLE bench_numbers (n INT NOT NULL PRIMARY KEY)');
  await connection.query('INSERT INTO bench_numbers VALUES (1)');
  for (let have = 1; have < count; have *= 2) {
    await connection.query(
      `INSERT INTO bench_numbers SELECT n + ${have} FROM bench_numbers WHERE n <= ${count - have}`,
    );
  }
}

async function spread(connection, count, table, columns, values) {
  for (let from = 0; from < count; from += CHUNK) {
    await connection.query(
      `INSERT INTO ${table} (${columns}) SELECT ${values} FROM bench_numbers WHERE n > ? AND n <= ? ORDER BY n`,
      [from, Math.min(count, from + CHUNK)],
    );
  }
}

async function fillOfficers(connection, count) {
  await spread(
    connection,
    count,
    'officers',
    `id, name, id_number_cipher, id_number_index, id_number_masked, gender, birth_date, post_title, domains_json,
     staff_category, on_establishment, subject_id, created_at`,
    `${idSql(2)}, CONCAT('执法员', n), CONCAT('g1.1.', REPEAT('A', 76)), SHA2(CONCAT('officer', n), 256), '410***********0012',
     IF(MOD(n, 2) = 1, 'MALE', 'FEMALE'), '1990-01-01', '行政执法岗', '["URBAN_MANAGEMENT"]', 'CIVIL_SERVANT', 1, ${UNIT_SQL}, ${PAST}`,
  );
  await spread(
    connection,
    count,
    'officer_assignments',
    'id, officer_id, subject_id, post_title, staff_category, on_establishment, effective_from, recorded_at',
    `${idSql(7)}, ${idSql(2)}, ${UNIT_SQL}, '行政执法岗', 'CIVIL_SERVANT', 1, ${PAST}, ${PAST}`,
  );
}

/** One valid certificate for everybody, and for the first of them an earlier one that has expired. */
async function fillCertificates(connection, officers, certificates) {
  const lists = [
    { kind: 0x10, count: officers, serial: '16', from: `'2024-01-01'`, to: `'2029-12-31'`, expired: false },
    {
      kind: 0x20,
      count: Math.max(0, certificates - officers),
      serial: '15',
      from: `'2018-01-01'`,
      to: `'2023-12-31'`,
      expired: true,
    },
  ];
  for (const { kind, count, serial, from, to, expired } of lists) {
    await spread(
      connection,
      count,
      'certificates',
      `id, type, number, officer_id, subject_id, holder_name, subject_name, domains_json, valid_from, valid_to, origin,
       public_code, content_json, content_hash, rules_version, recorded_at`,
      `${idSql(kind)}, 'ENFORCEMENT', CONCAT('${serial}', LPAD(n, 9, '0')), ${idSql(2)}, ${UNIT_SQL}, CONCAT('执法员', n), '执法局',
       '["URBAN_MANAGEMENT"]', ${from}, ${to}, 'LEGACY', CONCAT('${serial}', LPAD(n, 10, '0')), '{}', SHA2(n, 256), 'bench', ${PAST}`,
    );
    await spread(
      connection,
      count,
      'certificate_states',
      'certificate_id, status, live_slot',
      expired ? `${idSql(kind)}, 'EXPIRED', NULL` : `${idSql(kind)}, 'VALID', CONCAT(${idSql(2)}, ':ENFORCEMENT')`,
    );
    const moves = expired ? ['activate', 'expire'] : ['activate'];
    for (const [i, command] of moves.entries()) {
      await spread(
        connection,
        count,
        'certificate_moves',
        'id, certificate_id, command, state_after, effective_from, recorded_at',
        `${idSql(kind + 1 + i)}, ${idSql(kind)}, '${command}', '${command === 'expire' ? 'EXPIRED' : 'VALID'}', ${PAST}, ${PAST}`,
      );
    }
  }
}

async function fillHours(connection, officers) {
  const [plan, cls] = [id(8, 1), id(9, 1)];
  const year = new Date().getUTCFullYear() - 1;
  const past = `'${year}-06-30 00:00:00'`;
  await connection.query(
    `INSERT INTO training_plans (id, plan_year, type, title, subject, hours, owner_subject_id, created_at)
     VALUES (?, ?, 'ROTATION', '轮训', 'COMMON_LAW', 60, ?, ${past})`,
    [plan, year, id(1, 0)],
  );
  await connection.query(
    `INSERT INTO training_classes (id, plan_id, title, starts_on, ends_on, place, hours, status, owner_subject_id, created_at)
     VALUES (?, ?, '第一期', ?, ?, '党校', 60, 'CLOSED', ?, ${past})`,
    [cls, plan, `${year}-06-01`, `${year}-06-20`, id(1, 0)],
  );
  await spread(
    connection,
    officers,
    'training_enrolments',
    'class_id, officer_id, hours_attended, hours_confirmed, enrolled_at, confirmed_at',
    `'${cls}', ${idSql(2)}, 60, 60, ${past}, ${past}`,
  );
}

/** What is over: every 20th was suspended once, every 10th off post, every 5th late for a review. */
async function fillPast(connection, officers) {
  const over = `'2025-02-01 00:00:00', '2025-03-01 00:00:00', ${PAST}`;
  const every = (step, table, columns, values) =>
    spread(connection, Math.floor(officers / step), table, columns, values(`(n * ${step})`));
  await every(
    20,
    'certificate_suspensions',
    'id, certificate_id, ground, document, effective_from, effective_to, recorded_at',
    (n) => `${idSql(0x30, n)}, ${idSql(0x10, n)}, 'OTHER', 'x', ${over}`,
  );
  await every(
    10,
    'officer_off_post_orders',
    'id, officer_id, cause, effective_from, effective_to, recorded_at',
    (n) => `${idSql(0x31, n)}, ${idSql(2, n)}, 'OTHER', ${over}`,
  );
  await every(
    5,
    'certificate_review_periods',
    'id, certificate_id, standing, effective_from, effective_to, recorded_at',
    (n) => `${idSql(0x32, n)}, ${idSql(0x10, n)}, 'OVERDUE', ${over}`,
  );
}
