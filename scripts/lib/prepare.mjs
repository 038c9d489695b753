/** What has to be there before anything runs: a Node that is new enough, the packages, the build. Node built-ins only. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { PlainError, privateFolder, readText, ROOT, sleep, tryLock } from './common.mjs';

const PACKAGES_STAMP = '.chizheng-packages';

export function checkNode() {
  const wanted = /(\d+)\.(\d+)/.exec(JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')).engines.node);
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > Number(wanted[1]) || (major === Number(wanted[1]) && minor >= Number(wanted[2]))) return;
  throw new PlainError(
    `需要 Node.js ${wanted[0]} 以上，当前是 ${process.versions.node}。`,
    `Node.js ${wanted[0]} or newer is needed, this is ${process.versions.node}.`,
  );
}

/** The commands that are running now, so that a request to stop reaches them. */
const running = new Set();
export const stopCommand = () => {
  for (const child of running) child.kill('SIGTERM');
};

/** The beginning, where npm says what is wrong, and the end, where most others do. */
function shortened(output) {
  const lines = output.trimEnd().split('\n');
  if (output.trim() === '') return '';
  const shown = lines.length <= 80 ? lines : [...lines.slice(0, 40), '…', ...lines.slice(-40)];
  return `${shown.join('\n')}\n`;
}

/** Runs a command, keeps what it says, and throws its last lines when it fails. */
export function run(command, args, { cwd = ROOT, env = process.env, title, show = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
    });
    running.add(child);
    const said = [];
    child.stdout?.on('data', (bytes) => said.push(bytes));
    child.stderr?.on('data', (bytes) => said.push(bytes));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      running.delete(child);
      const output = Buffer.concat(said).toString('utf8');
      if (code === 0) return resolve(output);
      const how = signal ?? `exit code ${code}`;
      const error = new PlainError(
        `${shortened(output)}步骤失败：${title}（${how}）。`,
        `This step failed: ${title} (${how}).`,
      );
      reject(Object.assign(error, { output }));
    });
  });
}

/** The npm that runs us, else the one in the search path. */
export function npm(args, options) {
  const own = process.env.npm_execpath;
  return own && /npm-cli\.c?js$/.test(own) && fs.existsSync(own)
    ? run(process.execPath, [own, ...args], options)
    : run('npm', args, options);
}

function* filesUnder(entry) {
  const stat = fs.statSync(entry, { throwIfNoEntry: false });
  if (!stat) return;
  if (!stat.isDirectory()) {
    yield entry;
    return;
  }
  const names = fs.readdirSync(entry).filter((name) => name !== 'node_modules' && name !== 'dist');
  for (const name of names.sort()) yield* filesUnder(path.join(entry, name));
}

/** One value for the names and contents of these files and folders. */
export function fingerprint(root, entries) {
  const hash = createHash('sha256').update(process.versions.node.split('.')[0]);
  for (const entry of entries) {
    for (const file of filesUnder(path.join(root, entry))) {
      hash.update(`\0${path.relative(root, file)}\0`).update(fs.readFileSync(file));
    }
  }
  return hash.digest('hex');
}

const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** Packages that were installed by hand count when they are exactly those of the lock file. */
function alreadyInstalled(folder) {
  try {
    const read = (...parts) => JSON.parse(fs.readFileSync(path.join(folder, ...parts), 'utf8')).packages;
    const wanted = read('package-lock.json');
    const present = read('node_modules', '.package-lock.json');
    return Object.entries(wanted).every(
      ([name, entry]) =>
        name === '' ||
        (present[name]
          ? present[name].version === entry.version && fs.existsSync(path.join(folder, name))
          : entry.optional === true || entry.devOptional === true),
    );
  } catch {
    return false;
  }
}

/**
 * `npm ci` refuses a lock file that was written where the registry offers no builds for other systems. That is no reason
 * to fail here: `npm install` takes the same versions, and what it installed is compared with the lock file afterwards.
 */
function lacksOnlyOtherPlatforms(output) {
  const complaints = output.match(/(?:Missing|Invalid): .*$/gm) ?? [];
  return complaints.length > 0 && complaints.every((line) => /^Missing: \S+@ from lock file$/.test(line.trimEnd()));
}

export async function ensurePackages(folder, log) {
  const label = folder === ROOT ? 'packages' : `packages of ${path.basename(folder)}`;
  const locked = fs.existsSync(path.join(folder, 'package-lock.json'));
  const wanted = fingerprint(folder, [locked ? 'package-lock.json' : 'package.json']);
  const stamp = path.join(folder, 'node_modules', PACKAGES_STAMP);
  if (readText(stamp) === wanted) return log(`${label}: as locked`);
  if (locked && alreadyInstalled(folder)) {
    fs.writeFileSync(stamp, wanted);
    return log(`${label}: as locked`);
  }
  const since = Date.now();
  log(`${label}: installing what ${locked ? 'package-lock.json' : 'package.json'} names …`);
  // Build tools are development packages, so they are included whatever NODE_ENV says; no package needs a script to run.
  const args = ['--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const install = (command, ...more) => npm([command, ...args, ...more], { cwd: folder, title: `npm ${command}` });
  try {
    await install(locked ? 'ci' : 'install');
  } catch (error) {
    if (!locked || !lacksOnlyOtherPlatforms(error.output ?? '')) throw error;
    log(`${label}: the lock file names no builds for other systems, installing without them …`);
    await install('install', '--no-save');
    if (!alreadyInstalled(folder)) throw error;
  }
  fs.writeFileSync(stamp, wanted);
  log(`${label}: installed in ${seconds(since)}`);
}

const BUILT_FROM = [
  'src',
  'migrations',
  'checker',
  'tsconfig.json',
  'tsconfig.build.json',
  'nest-cli.json',
  'package.json',
  'package-lock.json',
];
const BUILD_STAMP = path.join(ROOT, 'dist', '.build-stamp');
export const NEST = path.join(ROOT, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js');

export const sourceFingerprint = () => fingerprint(ROOT, BUILT_FROM);

export async function ensureBuild(log) {
  const wanted = sourceFingerprint();
  if (readText(BUILD_STAMP) === wanted) return log('build: up to date');
  const since = Date.now();
  log('build: compiling …');
  await run(process.execPath, [NEST, 'build'], { title: 'nest build' });
  fs.writeFileSync(BUILD_STAMP, wanted);
  log(`build: done in ${seconds(since)}`);
}

export const WEB = path.join(ROOT, 'web');
export const hasWeb = () => fs.existsSync(path.join(WEB, 'package.json'));

/** The client of the pages is made from the API document; the names of the permissions are the server's. */
const WEB_BUILT_FROM = ['web', 'docs/openapi.json', 'src/kernel/permissions.ts'];

export async function ensureWeb(log) {
  const wanted = fingerprint(ROOT, WEB_BUILT_FROM);
  const stamp = path.join(WEB, 'node_modules', '.chizheng-build');
  if (readText(stamp) === wanted && fs.existsSync(path.join(WEB, 'dist', 'index.html'))) return log('web: up to date');
  const since = Date.now();
  log('web: building …');
  await npm(['run', 'build'], { cwd: WEB, title: 'npm run build (web)' });
  // A build may write beside its sources (a generated client): what it left is what the stamp stands for.
  fs.writeFileSync(stamp, fingerprint(ROOT, WEB_BUILT_FROM));
  log(`web: built in ${seconds(since)}`);
}

/** Side by side; what one of them throws is thrown when all have ended, so that nothing goes on behind it. */
async function together(works) {
  const failed = (await Promise.allSettled(works)).find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
}

/** Packages and build, by one process at a time: two that start together do not tear down each other's folders. */
export async function prepare(log, { build = true, web = true } = {}) {
  const file = path.join(privateFolder(path.join(ROOT, '.data')), 'prepare.lock');
  let lock = tryLock(file);
  if (lock.holder !== undefined) log(`packages: waiting for process ${lock.holder}, which is installing or building`);
  while (lock.holder !== undefined) {
    await sleep(200);
    lock = tryLock(file);
  }
  try {
    const pages = web && hasWeb();
    await together([ensurePackages(ROOT, log), ...(pages ? [ensurePackages(WEB, log)] : [])]);
    await together([...(build ? [ensureBuild(log)] : []), ...(pages ? [ensureWeb(log)] : [])]);
  } finally {
    lock.release();
  }
}
