import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, it } from '@jest/globals';

/** The rooms from left to right; imports point to the left only. */
const ROOMS = [
  'audit',
  'identity',
  'subjects',
  'officers',
  'training',
  'exams',
  'qualification',
  'certificates',
  'publication',
  'duty',
  'imports',
  'notices',
  'workbench',
] as const;
const BASE = ['rules', 'kernel', 'infrastructure'];
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  rules: [],
  kernel: ['rules'],
  infrastructure: ['kernel', 'rules'],
  ...Object.fromEntries(ROOMS.map((room, i) => [room, [...BASE, ...ROOMS.slice(0, i)]])),
  // The engine knows no room that it fills.
  imports: [...BASE, 'audit', 'identity'],
  // Demonstration data speaks to everybody.
  demo: [...BASE, ...ROOMS],
  // Tasks of operators, put together in cli.ts.
  cli: [...BASE, ...ROOMS],
};

const ROOT = join(import.meta.dirname, '../..');
const SRC = join(ROOT, 'src');
const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.d.ts'),
  );
const read = (file: string): string => readFileSync(join(SRC, file), 'utf8');
/** Comments may name what code may not do. */
const code = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
const specifiers = (text: string): string[] =>
  [...code(text).matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '');

interface Edge {
  readonly file: string;
  readonly target: string;
  readonly from: string;
  readonly to: string;
}

const edgesOf = (file: string, text: string): Edge[] =>
  specifiers(text)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => ({ file, target: normalize(relative(SRC, join(SRC, dirname(file), specifier))) }))
    .map((edge) => ({ ...edge, from: file.split('/')[0] ?? '', to: edge.target.split('/')[0] ?? '' }))
    .filter(({ from, to }) => file.includes('/') && from !== to);

const forbidden = (edges: readonly Edge[]): Edge[] =>
  edges.filter(
    ({ from, to, target }) =>
      !(target.startsWith('../migrations/') && from === 'infrastructure') && !MAY_IMPORT[from]?.includes(to),
  );
const throughTheWall = (edges: readonly Edge[]): Edge[] =>
  edges.filter(({ to, target }) => (ROOMS as readonly string[]).includes(to) && target !== `${to}/index.js`);

const impure = (text: string): string[] => [
  ...specifiers(text).filter((specifier) => !specifier.startsWith('.')),
  ...[
    ...code(text).matchAll(/Date\.now|new Date\(\s*\)|Math\.random|\bprocess\.|performance\.now|require\(|fetch\(/g),
  ].map((match) => match[0]),
];

const files = filesBelow(SRC);
const edges = files.flatMap((file) => edgesOf(file, read(file)));

describe('the house', () => {
  it('has files to look at', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(edges.length).toBeGreaterThan(300);
  });

  it('has no folder that is not on the map', () => {
    const folders = readdirSync(SRC, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).filter((name) => MAY_IMPORT[name] === undefined)).toEqual([]);
  });

  it('lets rooms import only what the map allows', () => {
    expect(forbidden(edges)).toEqual([]);
  });

  it('lets a room be entered by its index.ts only', () => {
    expect(throughTheWall(edges)).toEqual([]);
  });

  it('would notice a forbidden import, an unknown room, a hole in the wall', () => {
    expect(forbidden(edgesOf('certificates/x.ts', `import { A } from '../duty/index.js';`))).toHaveLength(1);
    expect(forbidden(edgesOf('rules/x.ts', `import { A } from '../kernel/clock.js';`))).toHaveLength(1);
    expect(forbidden(edgesOf('imports/x.ts', `import { A } from '../exams/index.js';`))).toHaveLength(1);
    expect(forbidden(edgesOf('cellar/x.ts', `import { A } from '../kernel/clock.js';`))).toHaveLength(1);
    expect(throughTheWall(edgesOf('duty/x.ts', `import { A } from '../identity/sessions.js';`))).toHaveLength(1);
  });

  it('keeps the law book pure: no package, no clock, no chance, no process', () => {
    expect(
      files
        .filter((file) => file.startsWith('rules/'))
        .flatMap((file) => impure(read(file)).map((found) => `${file}: ${found}`)),
    ).toEqual([]);
    expect(
      impure(`import { Injectable } from '@nestjs/common';\nconst a = Date.now();\nconst b = new Date();`),
    ).toHaveLength(3);
  });

  it('has no import cycle between files', () => {
    const graph = new Map(
      files.map((file) => [
        file,
        specifiers(read(file))
          .filter((s) => s.startsWith('.'))
          .map((s) => normalize(join(dirname(file), s)).replace(/\.js$/, '.ts')),
      ]),
    );
    expect(cycleIn(graph)).toBeNull();
    expect(
      cycleIn(
        new Map([
          ['a', ['b']],
          ['b', ['c']],
          ['c', ['a']],
        ]),
      ),
    ).not.toBeNull();
  });

  it('asks the environment in one place and the queue in two', () => {
    const outside = (pattern: RegExp, allowed: RegExp): string[] =>
      files.filter((file) => pattern.test(code(read(file))) && !allowed.test(file));
    expect(outside(/process\.env/, /^(infrastructure\/config\/|cli\.ts)/)).toEqual([]);
    expect(outside(/from 'bullmq'/, /^infrastructure\/queue\//)).toEqual([]);
    expect(outside(/Date\.now\(\)/, /^infrastructure\/(database\/start-checks|files\/|imports)|^demo\//)).toEqual([]);
  });

  it('writes rows by guarded statements only', () => {
    const banned =
      /\.(save|softRemove|softDelete|upsert|orIgnore)\(|INSERT IGNORE|cascade: true|synchronize: true|REPLACE INTO/;
    expect(files.filter((file) => banned.test(code(read(file))))).toEqual([]);
  });

  it('keeps constructors and files small', () => {
    const long = files.filter((file) => read(file).split('\n').length > 400);
    expect(long).toEqual([]);
    const wide = files.filter(
      (file) =>
        /constructor\(([^)]*)\)/.test(code(read(file))) &&
        (/constructor\(([^)]*)\)/
          .exec(code(read(file)))?.[1]
          ?.split(/,\s*\n/)
          .filter((part) => part.trim() !== '').length ?? 0) > 8,
    );
    expect(wide).toEqual([]);
  });

  it('has a checker that shares nothing with the product', () => {
    const files = readdirSync(join(ROOT, 'checker')).filter((file) => file.endsWith('.ts'));
    expect(files.length).toBeGreaterThan(5);
    const imported = files.flatMap((file) => specifiers(readFileSync(join(ROOT, 'checker', file), 'utf8')));
    const outside = imported.filter((specifier) => !specifier.startsWith('./') && !specifier.startsWith('node:'));
    expect([...new Set(outside)].sort()).toEqual(['mysql2', 'mysql2/promise']);
  });

  it('grants every table, and lets migrations import nothing of src', () => {
    const migrations = readdirSync(join(ROOT, 'migrations')).filter((file) => file.endsWith('.ts'));
    const text = migrations.map((file) => readFileSync(join(ROOT, 'migrations', file), 'utf8'));
    expect(text.flatMap(specifiers).filter((specifier) => specifier.includes('src/'))).toEqual([]);
    const named = (pattern: RegExp): string[] => [...text.join('\n').matchAll(pattern)].map((match) => match[1]!);
    const gone = named(/query\('DROP TABLE ([a-z_]+)'\)/g);
    const tables = [...new Set(named(/CREATE TABLE IF NOT EXISTS ([a-z_]+)/g))]
      .filter((table) => !gone.includes(table))
      .sort();
    const grants = JSON.parse(readFileSync(join(ROOT, 'docker/database/grants.json'), 'utf8')) as {
      facts: string[];
      state: { table: string }[];
    };
    expect([...grants.facts, ...grants.state.map(({ table }) => table)].sort()).toEqual(tables);
  });
});

/** A list of files that import each other in a ring, or null. */
function cycleIn(graph: ReadonlyMap<string, readonly string[]>): readonly string[] | null {
  const done = new Set<string>();
  const walk = (node: string, path: readonly string[]): readonly string[] | null => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node];
    if (done.has(node)) return null;
    for (const next of graph.get(node) ?? []) {
      const found = walk(next, [...path, node]);
      if (found) return found;
    }
    done.add(node);
    return null;
  };
  for (const node of graph.keys()) {
    const found = walk(node, []);
    if (found) return found;
  }
  return null;
}

describe('classes of the API document', () => {
  /** Two of one name would become one schema, and clients would get the wrong type for one of them. */
  const namedTwice = (sources: readonly string[]): string[] => {
    const names = sources.flatMap((text) => [...text.matchAll(/^export class (\w+)/gm)].map(([, name = '']) => name));
    return [...new Set(names.filter((name, at) => names.indexOf(name) !== at))].sort();
  };

  it('have a name of their own', () => {
    const files = filesBelow(SRC).filter((file) => /\.(dto|view)\.ts$/.test(file));
    expect(files.length).toBeGreaterThan(20);
    expect(namedTwice(files.map(read))).toEqual([]);
    expect(namedTwice(['export class AView {}', 'export class AView extends B {}\nexport class CView {}'])).toEqual([
      'AView',
    ]);
  });
});
