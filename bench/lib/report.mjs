/** Figures of several rounds, and how they are shown. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readJson, ROOT } from '../../scripts/lib/common.mjs';

export const sorted = (values) => [...values].sort((a, b) => a - b);

export function quantile(values, share) {
  const ascending = sorted(values);
  return ascending[Math.min(ascending.length - 1, Math.floor(share * ascending.length))];
}

/** Median, smallest and largest of the rounds. */
export function spread(values) {
  const ascending = sorted(values);
  const middle = (ascending.length - 1) / 2;
  const median = (ascending[Math.floor(middle)] + ascending[Math.ceil(middle)]) / 2;
  return { median, min: ascending[0], max: ascending.at(-1), rounds: values };
}

const show = (number) =>
  number >= 1000 ? Math.round(number).toLocaleString('en') : number >= 100 ? number.toFixed(0) : number.toPrecision(3);
export const showSpread = ({ median, min, max }) => `${show(median)} (${show(min)}–${show(max)})`;

export function machine(servers) {
  const version = (name) => readJson(path.join(ROOT, 'node_modules', name, 'package.json'))?.version;
  const git = (...args) => {
    try {
      return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    } catch {
      return undefined;
    }
  };
  return {
    cpu: os.cpus()[0]?.model,
    cores: os.cpus().length,
    memoryGb: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.release()} ${os.arch()}`,
    loadBefore: os.loadavg().map((load) => Number(load.toFixed(2))),
    node: process.versions.node,
    database: servers
      ? `${servers.database.flavour} ${servers.database.version} (${servers.database.kind})`
      : undefined,
    redis: servers ? `redis ${servers.redis.version ?? ''} (${servers.redis.kind})` : undefined,
    packages: Object.fromEntries(
      ['@nestjs/core', 'fastify', 'typeorm', 'mysql2', 'autocannon'].map((name) => [name, version(name)]),
    ),
    commit: git('rev-parse', '--short', 'HEAD'),
    changed: (git('status', '--porcelain', '--untracked-files=no') ?? '') !== '',
  };
}

/** One line per figure: what, measured, floor, ratio, goal. */
export function printTable(rows) {
  const heads = ['#', 'what', 'measured', 'floor', 'ratio', 'goal', ''];
  const lines = rows.map(({ id, what, measured, floor, ratio, goal, met }) => [
    id,
    what,
    measured,
    floor,
    ratio === undefined ? '' : show(ratio),
    goal,
    met === undefined ? '' : met ? 'met' : 'MISSED',
  ]);
  const widths = heads.map((head, i) => Math.max(head.length, ...lines.map((line) => String(line[i] ?? '').length)));
  for (const line of [heads, widths.map((width) => '-'.repeat(width)), ...lines]) {
    console.log(`| ${line.map((cell, i) => String(cell ?? '').padEnd(widths[i])).join(' | ')} |`);
  }
}

/** bench/results/<date>-<name>.json */
export function keep(name, result) {
  const folder = path.join(ROOT, 'bench', 'results');
  fs.mkdirSync(folder, { recursive: true });
  const stamp = new Date().toISOString().slice(0, 19).replace(/[:]/g, '');
  const file = path.join(folder, `${stamp}-${name}.json`);
  fs.writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  return path.relative(ROOT, file);
}
