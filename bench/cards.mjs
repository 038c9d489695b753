/** P8: card PDFs one after the other over HTTP, each with a portrait, and what the process holds meanwhile. */
import fs from 'node:fs';
import { performance } from 'node:perf_hooks';
import sharp from 'sharp';
import { connect } from '../scripts/lib/external-servers.mjs';
import { certificateId, officerId } from './lib/population.mjs';
import { quantile, spread } from './lib/report.mjs';

const CARDS = 1000;
const PORTRAITS = 50;
const WARM_UP = 50;

const resident = (pid) => Number(/VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

/** A drawn portrait of the size that a photographer hands in. */
const portrait = (hue) =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="716" height="882" viewBox="0 0 40 49"><rect width="40" height="49" fill="hsl(${hue},40%,85%)"/>
       <circle cx="20" cy="19" r="9" fill="#caa58a"/><path d="M4 49c0-13 7-17 16-17s16 4 16 17z" fill="hsl(${hue},50%,30%)"/></svg>`,
    ),
  )
    .jpeg({ quality: 90 })
    .toBuffer();

async function mayPrint(world) {
  const connection = await connect(world.ownerUrl, { timezone: 'Z' });
  await connection.query(`INSERT IGNORE INTO account_roles (account_id, role) VALUES ?`, [
    ['HR', 'APPROVER'].map((role) => [world.accountId, role]),
  ]);
  await connection.end();
}

async function putPortrait(url, headers, n) {
  const form = new FormData();
  form.set('file', new Blob([await portrait((n * 7) % 360)]), 'photo.jpg');
  const place = new URL(`/api/v1/officers/${officerId(n)}`, url);
  const { headers: told } = await fetch(place, { headers });
  const response = await fetch(`${place}/photo`, {
    method: 'PUT',
    body: form,
    headers: { ...headers, 'if-match': told.get('etag') ?? '' },
  });
  if (response.status !== 200) throw new Error(`a portrait was refused: ${response.status} ${await response.text()}`);
}

async function print(url, headers, n) {
  const since = performance.now();
  const response = await fetch(new URL(`/api/v1/certificates/${certificateId(n)}/card.pdf`, url), { headers });
  const content = Buffer.from(await response.arrayBuffer());
  if (response.status !== 200 || content.subarray(0, 5).toString() !== '%PDF-')
    throw new Error(`no card: ${response.status} ${content.subarray(0, 300).toString()}`);
  return { ms: performance.now() - since, bytes: content.length };
}

export async function p8(stage, { sizes }) {
  const world = await stage.world(sizes.few);
  await mayPrint(world);
  const api = await stage.api(world);
  const headers = await stage.signIn(world);
  try {
    for (let n = 1; n <= PORTRAITS; n += 1) await putPortrait(api.url, headers, n);
    const one = (i) => print(api.url, headers, 1 + (i % PORTRAITS));
    for (let i = 0; i < WARM_UP; i += 1) await one(i);
    const [times, memory] = [[], [resident(api.pid)]];
    const since = performance.now();
    let bytes = 0;
    for (let i = 0; i < CARDS; i += 1) {
      const card = await one(i);
      times.push(card.ms);
      bytes += card.bytes;
      if ((i + 1) % 100 === 0) memory.push(resident(api.pid));
    }
    const each = (performance.now() - since) / CARDS;
    const { min, max } = spread(memory);
    return {
      sizes: world.sizes,
      rounds: { times: { p50: quantile(times, 0.5), p99: quantile(times, 0.99) }, memory, bytes },
      rows: [
        {
          id: 'P8',
          what:
            `${CARDS.toLocaleString('en')} card PDFs with portraits over HTTP, ms a card (p99 ${quantile(times, 0.99).toFixed(1)}); ` +
            `${(bytes / CARDS / 1024).toFixed(0)} kB each; memory of the process ${min.toFixed(0)} to ${max.toFixed(0)} MB, ` +
            `${memory.at(0).toFixed(0)} before and ${memory.at(-1).toFixed(0)} after`,
          measured: each.toFixed(1),
          floor: '–',
          ratio: each / 20,
          goal: '≤ 20 ms',
          met: each <= 20,
        },
      ],
    };
  } finally {
    await api.stop();
  }
}
