/** Small tools of the start scripts: messages, private files, ports, processes, the lock of a data folder. Node built-ins only. */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawnSync } from 'node:child_process';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** A failure whose sentence is meant for the person at the keyboard: printed in both languages, without a stack. */
export class PlainError extends Error {
  constructor(zh, en) {
    super(`${zh}\n${en}`);
    this.name = 'PlainError';
  }
}

/** What a script prints when it gives up: the sentence of a PlainError, the stack of anything else. */
export const explain = (error) => (error instanceof PlainError ? error.message : (error?.stack ?? String(error)));

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** A password that needs no escaping in SQL, in a URL, in a Redis rule or in a shell. */
export const newPassword = () => randomBytes(24).toString('hex');

export function privateFolder(folder) {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** Written beside and renamed, flushed before: after a power cut there is the old file or the new one, never half of it. */
export function writePrivate(file, text) {
  const beside = `${file}.${process.pid}.new`;
  const handle = fs.openSync(beside, 'w', 0o600);
  try {
    fs.writeSync(handle, text);
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
  fs.renameSync(beside, file);
  const folder = fs.openSync(path.dirname(file), 'r');
  try {
    fs.fsyncSync(folder);
  } finally {
    fs.closeSync(folder);
  }
}

export function readText(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

export function readJson(file) {
  const text = readText(file);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new PlainError(
      `文件 ${file} 已损坏，不是有效的 JSON。`,
      `The file ${file} is damaged: it is not valid JSON.`,
    );
  }
}

export function lastLines(file, count = 15) {
  const text = readText(file) ?? '';
  return text.trimEnd().split('\n').slice(-count).join('\n');
}

// ---- ports

/** Which error listening there gives, or undefined when the port is free. */
export function portProblem(port, host = '127.0.0.1') {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once('error', (error) => resolve(error.code));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(undefined)));
  });
}

/** Below the range from which outgoing connections take theirs, so that a server that died finds its port again. */
export async function freePort() {
  for (let tries = 0; tries < 200; tries += 1) {
    const port = 21000 + Math.floor(Math.random() * 9000);
    if ((await portProblem(port)) === undefined) return port;
  }
  throw new PlainError('找不到空闲的本机端口。', 'No free local port was found.');
}

/** The port this server had last time if it is still free, else a new one, remembered. */
export async function keptPort(file) {
  const kept = Number(readText(file));
  if (Number.isInteger(kept) && kept > 0 && kept < 65536 && (await portProblem(kept)) === undefined) return kept;
  const port = await freePort();
  writePrivate(file, `${port}\n`);
  return port;
}

// ---- processes

export function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  return !/^\d+ \(.*\) Z/s.test(readProc(pid, 'stat') ?? '');
}

function readProc(pid, name) {
  try {
    return fs.readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return undefined;
  }
}

const hasProc = fs.existsSync('/proc/self/stat');

/** Tells a process from a later one that was given the same number. */
export function identityOf(pid) {
  if (!hasProc) {
    return spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() ?? '';
  }
  const stat = readProc(pid, 'stat');
  if (stat === undefined) return '';
  const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  return `${(readText('/proc/sys/kernel/random/boot_id') ?? '').trim()}:${started}`;
}

const argumentsOf = (pid) => (readProc(pid, 'cmdline') ?? '').split('\0');

/** Processes of ours that were started with exactly this argument, which names a file or folder of the data folder. */
export function startedWith(argument, pidFile) {
  if (hasProc) {
    return fs
      .readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && argumentsOf(name).includes(argument))
      .map(Number)
      .filter((pid) => pid !== process.pid && isAlive(pid));
  }
  const pid = pidFile ? Number(readText(pidFile)) : 0;
  if (!Number.isInteger(pid) || pid <= 0) return [];
  const { stdout } = spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout?.includes(argument) ? [pid] : [];
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** Asks a process to end and, when it does not within the time, ends it. True when it went by itself. */
export async function endProcess(pid, patience) {
  const identity = identityOf(pid);
  const gone = () => !isAlive(pid) || identityOf(pid) !== identity;
  signal(pid, 'SIGTERM');
  for (const until = Date.now() + patience; Date.now() < until;) {
    if (gone()) return true;
    await sleep(25);
  }
  if (gone()) return true;
  signal(pid, 'SIGKILL');
  while (!gone()) await sleep(25);
  return false;
}

// ---- one owner per data folder

const readLock = (file) => {
  try {
    return JSON.parse(readText(file) ?? 'null');
  } catch {
    return null;
  }
};

const heldBy = (lock) =>
  lock !== null && Number.isInteger(lock.pid) && isAlive(lock.pid) && identityOf(lock.pid) === lock.identity
    ? lock.pid
    : undefined;

/** The process that holds this lock, or undefined. */
export const lockHolder = (file) => heldBy(readLock(file));

/** Takes the lock or returns the process that has it. A lock whose process is gone is no lock. */
export function tryLock(file) {
  const mine = `${file}.${process.pid}`;
  fs.writeFileSync(mine, JSON.stringify({ pid: process.pid, identity: identityOf(process.pid) }), { mode: 0o600 });
  try {
    for (;;) {
      try {
        fs.linkSync(mine, file);
        return {
          release: () => {
            if (readLock(file)?.pid === process.pid) fs.rmSync(file, { force: true });
          },
        };
      } catch (error) {
        if (error.code !== 'EEXIST') throw error;
      }
      const lock = readLock(file);
      const holder = heldBy(lock);
      if (holder !== undefined) return { holder };
      // Two that find the same dead lock: only one of them renames it, and it looks again at what it got.
      const dead = `${file}.${process.pid}.dead`;
      try {
        fs.renameSync(file, dead);
      } catch (error) {
        if (error.code === 'ENOENT') continue;
        throw error;
      }
      if (heldBy(readLock(dead)) === undefined) fs.rmSync(dead, { force: true });
      else fs.renameSync(dead, file);
    }
  } finally {
    fs.rmSync(mine, { force: true });
  }
}

export function lockDataFolder(dataDir) {
  const lock = tryLock(path.join(dataDir, 'lock'));
  if (lock.holder === undefined) return lock;
  throw new PlainError(
    `数据目录 ${dataDir} 正由进程 ${lock.holder} 使用。请先停止它，或用 DATA_DIR 指定另一个目录。`,
    `The data folder ${dataDir} is in use by process ${lock.holder}. Stop that one first, or set DATA_DIR to another folder.`,
  );
}

/** Absolute and without links, so that the same folder always has the same name. */
export function openDataFolder(folder) {
  privateFolder(folder);
  return fs.realpathSync(folder);
}

// ---- programs

/** Where a program is: an explicit path from the environment, else the search path and the usual system folders. */
export function findProgram(names, override) {
  if (override) {
    if (fs.existsSync(override)) return override;
    throw new PlainError(`指定的程序不存在：${override}`, `The program that was named does not exist: ${override}`);
  }
  const usual = ['/usr/sbin', '/usr/local/sbin', '/usr/bin', '/usr/local/bin', '/usr/libexec', '/opt/homebrew/bin'];
  for (const name of names) {
    for (const folder of [...(process.env.PATH ?? '').split(path.delimiter), ...usual]) {
      if (folder === '') continue;
      try {
        const file = path.join(folder, name);
        fs.accessSync(file, fs.constants.X_OK);
        if (fs.statSync(file).isFile()) return file;
      } catch {
        // not here
      }
    }
  }
  return undefined;
}

export const isRoot = () => os.userInfo().uid === 0;
