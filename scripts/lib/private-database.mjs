/** The private database server of a data folder: MariaDB, or MySQL where that is the program found. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  endProcess,
  isRoot,
  keptPort,
  lastLines,
  PlainError,
  privateFolder,
  ROOT,
  sleep,
  startedWith,
  writePrivate,
} from './common.mjs';
import { CONTAINER_MARK, containerDatabase } from './containers.mjs';
import { connect, judgeVersion } from './external-servers.mjs';
import { Supervised } from './supervised.mjs';

export const DATABASE = 'chizheng';
export const OWNER = 'chizheng_owner';
export const APP = 'chizheng_app';
export const CHECKER = 'chizheng_checker';
const STOPS_WITHIN = 30_000;
const STARTS_WITHIN = 120_000;

/** Servers run with an environment of their own: no language or option of the caller reaches them. */
export const serverEnvironment = () => ({ PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC' });

export function databaseUrls(port, secrets) {
  const at = (user, password) => `mysql://${user}:${password}@127.0.0.1:${port}/${DATABASE}`;
  return {
    appUrl: at(APP, secrets.databaseApp),
    adminUrl: at(OWNER, secrets.databaseOwner),
    checkerUrl: at(CHECKER, secrets.databaseChecker),
  };
}

/**
 * Run at every start, before the first connection: the passwords in the data folder are the ones that hold.
 * The owner rules its own databases and nothing else; the application and the checker of certificates get theirs table by table (grants.mjs).
 */
export function accountStatements(flavour, secrets) {
  const collation = flavour === 'mariadb' ? 'utf8mb4_nopad_bin' : 'utf8mb4_0900_bin';
  const account = (user, password) => [
    `CREATE USER IF NOT EXISTS '${user}'@'%' IDENTIFIED BY '${password}'`,
    `ALTER USER '${user}'@'%' IDENTIFIED BY '${password}'`,
  ];
  return [
    ...["''@'localhost'", "'root'@'127.0.0.1'", "'root'@'::1'"].map((user) => `DROP USER IF EXISTS ${user}`),
    `ALTER USER 'root'@'localhost' IDENTIFIED BY '${secrets.databaseRoot}'`,
    `CREATE DATABASE IF NOT EXISTS \`${DATABASE}\` CHARACTER SET utf8mb4 COLLATE ${collation}`,
    ...account(OWNER, secrets.databaseOwner),
    `GRANT ALL PRIVILEGES ON \`${DATABASE}\`.* TO '${OWNER}'@'%' WITH GRANT OPTION`,
    `GRANT ALL PRIVILEGES ON \`${DATABASE}\\_test%\`.* TO '${OWNER}'@'%' WITH GRANT OPTION`,
    ...account(APP, secrets.databaseApp),
    ...account(CHECKER, secrets.databaseChecker),
  ];
}

/** An eighth of the machine in megabytes: a million officers want 1 GB, a small machine must not be filled by its database. */
const bufferPool = () => Math.round(Math.min(1024, Math.max(256, os.totalmem() / 2 ** 20 / 8)));

export async function privateDatabase({ dataDir, secrets, program, log, started }) {
  if (program.kind === 'container')
    return containerDatabase({ dataDir, secrets, engine: program.engine, log, started });
  const version = versionOf(program.file);
  const { flavour } = version;
  const home = privateFolder(path.join(dataDir, flavour));
  const data = path.join(home, 'data');
  refuseOtherFlavour(dataDir, flavour);
  const pidFile = path.join(home, 'server.pid');
  const logFile = path.join(dataDir, 'logs', `${flavour}.log`);
  const settings = path.join(home, 'server.cnf');
  const accounts = path.join(home, 'accounts.sql');
  const asRoot = isRoot() ? ['--user=root'] : [];
  let port;

  const server = new Supervised({
    name: flavour,
    log,
    patience: STOPS_WITHIN,
    prepare: async () => {
      await endLeftovers(data, pidFile, log);
      if (!fs.existsSync(path.join(data, 'mysql'))) await initialise(flavour, program.file, home, asRoot, log);
      // Chosen once per start: whoever was told this address finds the restarted server at it.
      port ??= await keptPort(path.join(home, 'port'));
      // Copies, because a server ignores a settings file that everybody may write.
      writePrivate(settings, fs.readFileSync(path.join(ROOT, 'docker', 'database', `server.${flavour}.cnf`), 'utf8'));
      writePrivate(accounts, `${accountStatements(flavour, secrets).join(';\n')};\n`);
      const args = [
        `--defaults-file=${settings}`,
        ...asRoot,
        `--datadir=${data}`,
        '--bind-address=127.0.0.1',
        `--port=${port}`,
        // Beside the data and relative to it: an absolute one may be longer than the system allows for a socket.
        '--socket=server.sock',
        `--pid-file=${pidFile}`,
        `--log-error=${logFile}`,
        `--init-file=${accounts}`,
        `--innodb-buffer-pool-size=${bufferPool()}M`,
      ];
      return { command: program.file, args, options: { cwd: home, env: serverEnvironment() } };
    },
    ready: async (_child, failed) => {
      await answers(() => databaseUrls(port, secrets).adminUrl, failed);
      fs.rmSync(accounts, { force: true });
    },
  });
  started.push(server);
  try {
    await server.start();
  } catch (error) {
    throw new PlainError(`${error.message}\n${lastLines(logFile)}`, `See ${logFile}`);
  }
  return { kind: 'private', flavour, version: version.text, ...databaseUrls(port, secrets) };
}

function versionOf(file) {
  const { stdout, stderr } = spawnSync(file, ['--no-defaults', '--version'], {
    encoding: 'utf8',
    env: serverEnvironment(),
  });
  const text = /Ver\s+(\S+)/.exec(stdout ?? '')?.[1];
  if (!text) throw new PlainError(`无法运行 ${file}：${stderr}`, `${file} does not run.`);
  return { text, flavour: judgeVersion(text, `${file}: `) };
}

/** A data folder that was filled by one kind of server must not silently begin anew, empty, with the other. */
function refuseOtherFlavour(dataDir, flavour) {
  if (fs.existsSync(path.join(dataDir, 'mariadb', CONTAINER_MARK))) {
    throw new PlainError(
      `数据目录 ${dataDir} 的数据保存在容器卷中。请用 DATABASE_URL 指向它，或用 DATA_DIR 指定新的目录。`,
      `The data of ${dataDir} live in the volume of a container. Point DATABASE_URL at it, or set DATA_DIR to a new folder.`,
    );
  }
  const other = flavour === 'mariadb' ? 'mysql' : 'mariadb';
  if (!fs.existsSync(path.join(dataDir, other, 'data', 'mysql'))) return;
  throw new PlainError(
    `数据目录中的数据属于 ${other}，但找到的程序是 ${flavour}。请用 DATABASE_SERVER 指定 ${other} 的程序。`,
    `The data in this data folder belong to ${other}, but the program found is ${flavour}. Name the ${other} program in DATABASE_SERVER.`,
  );
}

async function endLeftovers(data, pidFile, log) {
  for (const pid of startedWith(`--datadir=${data}`, pidFile)) {
    log(`servers: a database server of an earlier start still runs (process ${pid}), stopping it`);
    await endProcess(pid, STOPS_WITHIN);
  }
  fs.rmSync(pidFile, { force: true });
}

/** Folders of starts that were killed here, and their installers, which may still be writing. */
async function removeUnfinished(home) {
  for (const name of fs.readdirSync(home).filter((entry) => entry.startsWith('fresh-'))) {
    const folder = path.join(home, name);
    const installers = [`--datadir=./${name}`, `--datadir=${folder}`].flatMap((argument) => startedWith(argument));
    await Promise.all(installers.map((pid) => endProcess(pid, 2000)));
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Into a folder beside, renamed when complete: a start that was killed here begins again. */
async function initialise(flavour, file, home, asRoot, log) {
  log(`servers: preparing a new private ${flavour} database`);
  await removeUnfinished(home);
  const fresh = fs.mkdtempSync(path.join(home, 'fresh-'));
  const options = { cwd: home, env: serverEnvironment(), encoding: 'utf8' };
  // Relative folders: the installer is a shell script that splits a path at its spaces.
  const result =
    flavour === 'mariadb'
      ? spawnSync(
          installer(file),
          [
            '--no-defaults',
            ...asRoot,
            `--datadir=./${path.basename(fresh)}`,
            '--auth-root-authentication-method=socket',
            '--skip-test-db',
            '--skip-name-resolve',
          ],
          options,
        )
      : spawnSync(file, ['--no-defaults', ...asRoot, '--initialize-insecure', `--datadir=${fresh}`], options);
  if (result.status !== 0) {
    const said = `${result.error?.message ?? ''}${result.stdout ?? ''}${result.stderr ?? ''}`
      .trim()
      .split('\n')
      .slice(-15)
      .join('\n');
    throw new PlainError(`无法初始化私有数据库：\n${said}`, 'The private database could not be prepared.');
  }
  fs.rmSync(path.join(home, 'data'), { recursive: true, force: true });
  fs.renameSync(fresh, path.join(home, 'data'));
}

function installer(file) {
  const beside = ['mariadb-install-db', 'mysql_install_db'].flatMap((name) =>
    [
      path.dirname(file),
      path.join(path.dirname(file), '..', 'bin'),
      path.join(path.dirname(file), '..', 'scripts'),
      '/usr/bin',
    ].map((folder) => path.join(folder, name)),
  );
  const found = beside.find((candidate) => fs.existsSync(candidate));
  if (found) return found;
  throw new PlainError('缺少 mariadb-install-db。', 'mariadb-install-db is missing.');
}

/** Resolves when the server lets us in; gives up when it ended or takes too long. */
export async function answers(url, failed, patience = STARTS_WITHIN) {
  let problem;
  for (const until = Date.now() + patience; Date.now() < until && !failed();) {
    try {
      const connection = await connect(url());
      await connection.query('SELECT 1');
      await connection.end();
      return;
    } catch (error) {
      if (error.code === 'ERR_MODULE_NOT_FOUND') {
        throw new PlainError(
          '依赖尚未安装，请先运行 npm ci。',
          'The dependencies are not installed: run npm ci first.',
        );
      }
      problem = error;
      await sleep(40);
    }
  }
  if (!failed())
    throw new PlainError(`数据库没有应答：${problem?.message}`, `The database does not answer: ${problem?.message}`);
}
