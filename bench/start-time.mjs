/** P11: how long `npm start` takes to its line `ready` when everything is there: packages, build, data. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import readline from 'node:readline';
import { endProcess, freePort, ROOT } from '../scripts/lib/common.mjs';
import { showSpread, spread } from './lib/report.mjs';

const running = new Set();
export const stopStarts = () => Promise.all([...running].map((child) => endProcess(child.pid, 60_000)));

async function start(dataDir) {
  const env = { ...process.env, DATA_DIR: dataDir, PORT: String(await freePort()) };
  for (const name of ['DATABASE_URL', 'DATABASE_OWNER_URL', 'REDIS_URL', 'KEY_FILE', 'NODE_ENV']) delete env[name];
  const since = performance.now();
  const child = spawn(process.execPath, [path.join(ROOT, 'scripts', 'start.mjs')], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const said = [];
  const ready = new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      readline.createInterface({ input: stream }).on('line', (line) => {
        said.push(line);
        if (line.startsWith('ready ')) resolve(performance.now() - since);
      });
    }
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code}:\n${said.slice(-20).join('\n')}`)));
  });
  try {
    return await ready;
  } finally {
    running.delete(child);
    await endProcess(child.pid, 60_000);
  }
}

export async function p11({ folder }, { rounds }) {
  const dataDir = path.join(folder, 'start');
  fs.mkdirSync(dataDir, { mode: 0o700 });
  const first = await start(dataDir);
  const times = [];
  for (let round = 0; round < rounds; round += 1) times.push((await start(dataDir)) / 1000);
  const figure = spread(times);
  return {
    rounds: { firstSeconds: first / 1000, warmSeconds: times },
    rows: [
      {
        id: 'P11',
        what: `npm start, warm, to the line ready, s (the first start with new data: ${(first / 1000).toFixed(1)} s)`,
        measured: showSpread(figure),
        goal: '≤ 5 s',
        met: figure.median <= 5,
      },
    ],
  };
}
