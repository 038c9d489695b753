/** What a browser must load: JavaScript before the first page, and with each page. Ends with 1 when a limit is passed. */
import fs from 'node:fs';
import { gzipSync } from 'node:zlib';

const KB = 1000;
const FIRST_PAGE = 350 * KB;
const ROUTE = 150 * KB;
const PAGE_IN_ALL = 250 * KB;
/** The drawing library, loaded only where a chart is shown. */
const CHARTS = /chart-canvas/;

const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(fs.readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));
const sizes = new Map();
const size = (file) => {
  if (!sizes.has(file)) sizes.set(file, gzipSync(fs.readFileSync(new URL(file, dist))).length);
  return sizes.get(file);
};

/** A chunk and all that it imports statically. */
function closure(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of manifest[key]?.imports ?? []) closure(next, seen);
  return seen;
}
const total = (keys) => [...keys].reduce((sum, key) => sum + size(manifest[key].file), 0);
const kb = (bytes) => `${(bytes / KB).toFixed(1)} kB`;

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
const first = closure(entry);
// The first page of everybody is the sign-in page.
const signIn = Object.keys(manifest).find((key) => /sign-in-page\.tsx$/.test(key));
if (signIn) closure(signIn, first);

let failed = false;
const judge = (name, bytes, limit) => {
  const over = bytes > limit;
  failed ||= over;
  console.log(`${over ? 'TOO BIG' : 'ok     '} ${kb(bytes).padStart(9)} of ${kb(limit)}  ${name}`);
};

judge('JavaScript before the first page (gzip)', total(first), FIRST_PAGE);
// Chunks that several pages share are loaded once; each chunk has the limit, and what a page needs in all has one too.
const pages = Object.keys(manifest).filter((key) => manifest[key].isDynamicEntry);
const weighed = new Set(first);
for (const key of pages) {
  const own = [...closure(key)].filter((chunk) => !first.has(chunk));
  const isChart = (chunk) => CHARTS.test(chunk) || CHARTS.test(manifest[chunk].name ?? '');
  if (own.some(isChart)) {
    console.log(`chart   ${kb(total(own)).padStart(9)}              ${key}`);
    continue;
  }
  judge(`${key} with all that it needs`, total(own), PAGE_IN_ALL);
  for (const chunk of own) {
    if (weighed.has(chunk)) continue;
    weighed.add(chunk);
    judge(`  chunk ${manifest[chunk].file}`, size(manifest[chunk].file), ROUTE);
  }
}
process.exit(failed ? 1 : 0);
