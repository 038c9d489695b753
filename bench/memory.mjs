/** P13: memory of the HTTP process and the worker, idle and under the load of P1, against a bare Nest application on Fastify. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { sleep } from '../scripts/lib/common.mjs';
import { load } from './lib/load.mjs';
import { showSpread, spread } from './lib/report.mjs';
import { singleChecks } from './lib/questions.mjs';

const SETTLES = 5000;
const CONNECTIONS = 50;

/** Resident memory of a process in MB. */
function resident(pid) {
  const file = `/proc/${pid}/status`;
  const kb = fs.existsSync(file)
    ? /VmRSS:\s+(\d+)/.exec(fs.readFileSync(file, 'utf8'))?.[1]
    : execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  return Number(kb) / 1024;
}

/** The largest of what was seen while the work went on. */
async function largest(pid, work) {
  let most = resident(pid);
  const timer = setInterval(() => (most = Math.max(most, resident(pid))), 100);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return most;
}

export async function p13(stage, { sizes, rounds, seconds }) {
  const world = await stage.world(sizes.register);
  const headers = await stage.signIn(world);
  const requests = singleChecks(world.sizes);
  const figures = [];
  for (let round = 0; round < rounds; round += 1) {
    const bare = await stage.script(path.join(import.meta.dirname, 'bare-app.mjs'));
    const api = await stage.api(world);
    const worker = await stage.worker(world);
    try {
      await sleep(SETTLES);
      const idle = { api: resident(api.pid), worker: resident(worker.pid), bare: resident(bare.pid) };
      const under = (pid, url, asked, more) =>
        largest(pid, () => load({ url, requests: asked, headers: more, connections: CONNECTIONS, seconds }));
      const busy = {
        api: await under(api.pid, api.url, requests, headers),
        worker: resident(worker.pid),
        bare: await under(bare.pid, bare.url, [{ method: 'GET', path: '/plain' }], {}),
      };
      figures.push({ idle, busy });
    } finally {
      await Promise.all([bare, api, worker].map((process) => process.stop()));
    }
  }
  const row = (state, words) => {
    const of = (pick) => spread(figures.map((figure) => pick(figure[state])));
    const [both, bare, ratio] = [
      of(({ api, worker }) => api + worker),
      of(({ bare: mb }) => mb),
      of(({ api, worker, bare: mb }) => (api + worker) / mb),
    ];
    const [api, worker] = [of((figure) => figure.api), of((figure) => figure.worker)];
    return {
      id: 'P13',
      what: `memory ${words}, MB: API ${showSpread(api)}, worker ${showSpread(worker)}`,
      measured: showSpread(both),
      floor: showSpread(bare),
      ratio: ratio.median,
      goal: '≤ 2 ×',
      met: ratio.median <= 2,
    };
  };
  return { sizes: world.sizes, rounds: figures, rows: [row('idle', 'idle'), row('busy', 'under the load of P1')] };
}
