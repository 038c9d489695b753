import { statSync } from 'node:fs';

/** What takes longest, the longest first; everything else follows by its size, which is all that a fresh clone knows of it. */
const LONGEST = [
  'web/every-page',
  'edge/bad-input',
  'imports/hostile-files',
  'demo/seed',
  'e2e/import-kills',
  'e2e/races',
];

const place = ({ path }) => {
  const found = LONGEST.findIndex((name) => path.endsWith(`${name}.spec.ts`));
  return found < 0 ? LONGEST.length : found;
};

/** The order of test files: a long one that begins last would keep one processor busy and the others waiting. */
export default class SlowestFirst {
  sort(tests) {
    const size = new Map(tests.map((test) => [test, statSync(test.path).size]));
    return [...tests].sort((a, b) => place(a) - place(b) || size.get(b) - size.get(a));
  }

  shard(tests) {
    return tests;
  }

  allFailedTests(tests) {
    return tests;
  }

  cacheResults() {
    // A fresh clone has no earlier results, and a second run is to go like the first.
  }
}
