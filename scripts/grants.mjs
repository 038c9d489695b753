/**
 * The rights of the application's account, table by table, from docker/database/grants.json:
 *
 *   facts  [table]                              written once: SELECT, INSERT
 *   state  [{ table, updateColumns?, delete? }] SELECT, INSERT, UPDATE (of these columns only, when named), DELETE where true
 *   read   [table]                              SELECT
 *
 * and those of the checker of certificates (checker/), who may read and nothing else:
 *
 *   checker [table | { table, columns }]        SELECT (of these columns only, when named)
 *
 * Everything else that an account has in this database, or on the whole server, is taken away. Works on MariaDB and MySQL.
 *
 *   node scripts/grants.mjs apply    DATABASE_OWNER_URL may grant, DATABASE_URL is the application's account and, where it is
 *                                    named, DATABASE_CHECKER_URL the checker's
 *   node scripts/grants.mjs sql      prints the statements for an administrator
 */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { explain, PlainError, readJson, ROOT } from './lib/common.mjs';
import { connect, connectionOptions } from './lib/external-servers.mjs';

export const GRANTS_FILE = path.join(ROOT, 'docker', 'database', 'grants.json');

function readList() {
  const list = readJson(GRANTS_FILE);
  if (!list) throw new PlainError(`缺少文件 ${GRANTS_FILE}。`, `The file ${GRANTS_FILE} is missing.`);
  return list;
}

const name = (text) => `\`${text.replaceAll('`', '``')}\``;
const NO_SUCH_GRANT = new Set([1141, 1147]);
const NAME = /^[a-z][a-z0-9_]*$/;

/** One line per right: 'SELECT table', or 'UPDATE table column' for a right on one column. */
export function wantedRights(list) {
  const rights = new Set();
  const seen = new Set();
  const table = (text) => {
    if (typeof text !== 'string' || !NAME.test(text))
      throw new Error(`grants.json: ${JSON.stringify(text)} is no table name`);
    if (seen.has(text)) throw new Error(`grants.json names ${text} twice`);
    seen.add(text);
    return text;
  };
  const known = new Set(['facts', 'state', 'read', 'checker']);
  for (const key of Object.keys(list)) if (!known.has(key)) throw new Error(`grants.json: unknown list ${key}`);
  for (const fact of list.facts ?? []) {
    table(fact);
    rights.add(`SELECT ${fact}`).add(`INSERT ${fact}`);
  }
  for (const entry of list.read ?? []) rights.add(`SELECT ${table(entry)}`);
  for (const entry of list.state ?? []) {
    const of = table(entry.table);
    rights.add(`SELECT ${of}`).add(`INSERT ${of}`);
    if (entry.updateColumns) for (const column of entry.updateColumns) rights.add(`UPDATE ${of} ${column}`);
    else rights.add(`UPDATE ${of}`);
    if (entry.delete) rights.add(`DELETE ${of}`);
  }
  return rights;
}

/** The same for the checker: it may read what a certificate rests on, and no ID number or phone number, ciphered or not. */
export function checkerRights(list) {
  const rights = new Set();
  for (const entry of list.checker ?? []) {
    const { table, columns } = typeof entry === 'string' ? { table: entry } : entry;
    if (!NAME.test(table)) throw new Error(`grants.json: ${JSON.stringify(table)} is no table name`);
    if (columns) for (const column of columns) rights.add(`SELECT ${table} ${column}`);
    else rights.add(`SELECT ${table}`);
  }
  return rights;
}

const RIGHTS = { app: wantedRights, checker: checkerRights };

/** Rights grouped into one clause per table: { table, clause: 'SELECT, INSERT, UPDATE (`a`, `b`)' }. */
function clauses(rights) {
  const tables = new Map();
  for (const right of [...rights].sort()) {
    const [verb, table, column] = right.split(' ');
    const verbs = tables.get(table) ?? tables.set(table, new Map()).get(table);
    const columns = verbs.get(verb) ?? verbs.set(verb, []).get(verb);
    if (column) columns.push(name(column));
  }
  return [...tables].map(([table, verbs]) => ({
    table,
    clause: [...verbs]
      .map(([verb, columns]) => (columns.length > 0 ? `${verb} (${columns.join(', ')})` : verb))
      .join(', '),
  }));
}

/** The account reads its own rights, so nobody needs a right to read those of others. */
async function presentRights(app, database) {
  const me = await whoAmI(app);
  const own = async (view, columns, schema) => {
    const where = `grantee = ?${schema ? ' AND table_schema = ?' : ''}`;
    const [rows] = await app.query(`SELECT ${columns} FROM information_schema.${view} WHERE ${where}`, [me, schema]);
    return rows;
  };
  const tables = await own('table_privileges', 'table_name AS t, privilege_type AS p, is_grantable AS g', database);
  const columns = await own('column_privileges', 'table_name AS t, column_name AS c, privilege_type AS p', database);
  const schemas = await own('schema_privileges', 'table_schema AS s, privilege_type AS p');
  const everywhere = await own('user_privileges', 'privilege_type AS p');
  const rights = new Set(tables.map(({ t, p }) => `${p} ${t}`));
  for (const { t, c, p } of columns) rights.add(`${p} ${t} ${c}`);
  return {
    rights,
    passable: [...new Set(tables.filter(({ g }) => g === 'YES').map(({ t }) => t))],
    wide: schemas.filter(({ s, p }) => p !== 'USAGE' && matches(s, database)).map(({ s }) => s),
    global: everywhere.map(({ p }) => p).filter((p) => p !== 'USAGE'),
  };
}

/** The account that the server took us for, as it is written in statements and in the views: 'user'@'host'. */
async function whoAmI(connection) {
  const [[{ me }]] = await connection.query('SELECT CURRENT_USER() AS me');
  const split = me.lastIndexOf('@');
  return [me.slice(0, split), me.slice(split + 1)].map((part) => connection.escape(part)).join('@');
}

/** Rights on a database are given to a pattern of LIKE. */
function matches(pattern, database) {
  const source = pattern.replace(/\\?[\s\S]/g, (part) => {
    if (part === '%') return '.*';
    if (part === '_') return '.';
    return part.replace(/^\\/, '').replace(/[^\w]/g, '\\$&');
  });
  return new RegExp(`^${source}$`, 's').test(database);
}

const DENIED = new Set(['ER_ACCESS_DENIED_ERROR', 'ER_ACCESS_DENIED_NO_PASSWORD_ERROR']);

async function connectAsApp({ admin, adminUrl, appUser, password, host }) {
  const at = new URL(adminUrl);
  at.username = encodeURIComponent(appUser);
  at.password = encodeURIComponent(password);
  at.pathname = '/';
  try {
    return await connect(at.href);
  } catch (error) {
    if (!DENIED.has(error.code)) throw error;
  }
  try {
    const account = `${admin.escape(appUser)}@${admin.escape(host)}`;
    await admin.query(`CREATE USER IF NOT EXISTS ${account} IDENTIFIED BY ${admin.escape(password)}`);
    await admin.query(`ALTER USER ${account} IDENTIFIED BY ${admin.escape(password)}`);
  } catch (error) {
    throw new PlainError(
      `账号 ${appUser} 无法登录，也无权创建它：${error.message}`,
      `The account ${appUser} cannot log in, and there is no right to create it: ${error.message}`,
    );
  }
  return connect(at.href);
}

/**
 * @returns {Promise<{changed: number, unlisted: string[]}>} statements that were needed, and tables that no list names
 */
export async function applyGrants({
  adminUrl,
  appUser,
  password,
  database,
  host = '%',
  list = readList(),
  role = 'app',
}) {
  const wanted = RIGHTS[role](list);
  const admin = await connect(adminUrl);
  let app;
  try {
    const tables = await tablesOf(admin, database);
    const listed = new Set([...wanted].map((right) => right.split(' ')[1]));
    const absent = [...listed].filter((table) => !tables.includes(table));
    if (absent.length > 0) {
      throw new Error(`grants.json names tables that database ${database} does not have: ${absent.join(', ')}`);
    }
    app = await connectAsApp({ admin, adminUrl, appUser, password, host });
    const account = await whoAmI(app);
    const changed = await change({ admin, app, database, wanted, account });
    const after = await presentRights(app, database);
    const wrong = [
      ...differences(wanted, after.rights),
      ...after.global.map((right) => `too much ${right} everywhere`),
      ...after.wide.map((pattern) => `too much on all of ${pattern}`),
      ...after.passable.map((table) => `may pass on rights on ${table}`),
    ];
    if (wrong.length > 0) {
      throw new Error(`The rights of ${account} in ${database} are not as listed: ${[...new Set(wrong)].join('; ')}`);
    }
    return { changed, unlisted: tables.filter((table) => !listed.has(table)) };
  } finally {
    await app?.end();
    await admin.end();
  }
}

async function tablesOf(admin, database) {
  const [rows] = await admin.query('SELECT table_name AS t FROM information_schema.tables WHERE table_schema = ?', [
    database,
  ]);
  return rows.map(({ t }) => t);
}

function* differences(wanted, present) {
  for (const right of wanted) if (!present.has(right)) yield `missing ${right}`;
  for (const right of present) if (!wanted.has(right)) yield `too much ${right}`;
}

async function change({ admin, app, database, wanted, account }) {
  let done = 0;
  const run = async (statement) => {
    done += 1;
    try {
      await admin.query(statement);
    } catch (error) {
      if (!NO_SUCH_GRANT.has(error.errno)) throw error;
    }
  };
  const wide = await presentRights(app, database);
  if (wide.global.length > 0) await run(`REVOKE ALL PRIVILEGES ON *.* FROM ${account}`);
  for (const pattern of new Set(wide.wide)) await run(`REVOKE ALL PRIVILEGES ON ${name(pattern)}.* FROM ${account}`);
  // MySQL takes the rights on tables away together with those on the whole server: look again.
  const present = done > 0 ? await presentRights(app, database) : wide;
  const on = (table) => `${name(database)}.${name(table)}`;
  for (const table of present.passable) await run(`REVOKE GRANT OPTION ON ${on(table)} FROM ${account}`);
  // Taking a right on a table also takes it from its columns: a table that lost something gets its whole list again.
  const tooMuch = new Set([...present.rights].filter((right) => !wanted.has(right)));
  const touched = new Set([...tooMuch].map((right) => right.split(' ')[1]));
  for (const { table, clause } of clauses(tooMuch)) await run(`REVOKE ${clause} ON ${on(table)} FROM ${account}`);
  const missing = new Set(
    [...wanted].filter((right) => touched.has(right.split(' ')[1]) || !present.rights.has(right)),
  );
  for (const { table, clause } of clauses(missing)) await run(`GRANT ${clause} ON ${on(table)} TO ${account}`);
  return done;
}

/** For administrators who run the statements themselves. */
export function grantStatements({ appUser, database, host = '%', list = readList(), role = 'app' }) {
  return clauses(RIGHTS[role](list)).map(
    ({ table, clause }) => `GRANT ${clause} ON ${name(database)}.${name(table)} TO '${appUser}'@'${host}';`,
  );
}

async function main([command]) {
  if (command === 'sql') {
    const database = 'chizheng';
    for (const role of Object.keys(RIGHTS))
      console.log(grantStatements({ appUser: `chizheng_${role}`, database, role }).join('\n'));
    return;
  }
  const { DATABASE_URL: appUrl, DATABASE_OWNER_URL: adminUrl, DATABASE_CHECKER_URL: checkerUrl } = process.env;
  if (command !== 'apply' || !appUrl || !adminUrl) {
    console.error('DATABASE_OWNER_URL=… DATABASE_URL=… node scripts/grants.mjs apply | node scripts/grants.mjs sql');
    process.exitCode = 2;
    return;
  }
  const { user, password, database } = connectionOptions(appUrl);
  const { changed, unlisted } = await applyGrants({ adminUrl, appUser: user, password, database });
  console.log(
    `rights of ${user}: ${changed} statements${unlisted.length > 0 ? `, none on ${unlisted.join(', ')}` : ''}`,
  );
  if (!checkerUrl) return;
  const checker = connectionOptions(checkerUrl, 'DATABASE_CHECKER_URL');
  const given = await applyGrants({
    adminUrl,
    appUser: checker.user,
    password: checker.password,
    database,
    role: 'checker',
  });
  console.log(`rights of ${checker.user}: ${given.changed} statements`);
}

if (process.argv[1] && fs.realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  main(process.argv.slice(2)).catch((error) => {
    console.error(explain(error));
    process.exitCode = 1;
  });
}
