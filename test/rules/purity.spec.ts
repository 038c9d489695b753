import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const RULES = join(import.meta.dirname, '../../src/rules');
const files = readdirSync(RULES, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
const sources = files.map((file) => ({ file, text: withoutComments(readFileSync(join(RULES, file), 'utf8')) }));

/** What would let the clock, the time zone, chance or the machine into a decision. */
const FORBIDDEN: readonly [string, RegExp][] = [
  ['the clock or local time', /\bDate\b(?!;)\s*[.(]|\bIntl\b|\bperformance\b|toLocale|localeCompare|getTimezoneOffset/],
  ['chance', /\bMath\.random\b|\bcrypto\b/],
  ['the machine', /\bprocess\b|\bglobalThis\b|\bconsole\b|\brequire\b|\bfetch\b/],
  ['waiting', /\bset(?:Timeout|Interval|Immediate)\b|\bawait\b|\basync\b|\bPromise\b/],
];

describe('the law book', () => {
  it('is found', () => {
    expect(files.length).toBeGreaterThan(20);
  });
  it('imports nothing but itself', () => {
    const foreign = sources.flatMap(({ file, text }) =>
      [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)]
        .map(([, target]) => `${file} <- ${target}`)
        .filter((edge) => {
          const target = edge.split(' <- ')[1] ?? '';
          return !/^\.{1,2}\//.test(target) || !join(file, '..', target).match(/^[a-z]/);
        }),
    );
    expect(foreign).toEqual([]);
  });
  it.each(FORBIDDEN)('does not know %s', (_what, pattern) => {
    expect(
      sources
        .filter(({ text }) => pattern.test(text))
        .map(({ file }) => `${file}: ${pattern.exec(sources.find((s) => s.file === file)?.text ?? '')?.[0]}`),
    ).toEqual([]);
  });
  it('would notice each of them', () => {
    const samples = ['new Date()', 'Math.random()', 'process.env', 'setTimeout(f, 1)'];
    expect(FORBIDDEN.map(([, pattern], i) => pattern.test(samples[i] ?? ''))).toEqual([true, true, true, true]);
  });
  it('keeps every file within 300 lines', () => {
    const long = files.filter((file) => readFileSync(join(RULES, file), 'utf8').split('\n').length > 300);
    expect(long).toEqual([]);
  });
});
