import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from '../../src/infrastructure/crypto/canonical.js';

/** The same said otherwise: an object built with sorted keys and written by the engine. */
function reference(value: unknown): unknown {
  if (value instanceof Map) return reference(Object.fromEntries(value as Map<string, unknown>));
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(reference);
  if (typeof value !== 'object' || value === null) return value;
  const keys = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(keys.map(([key, inner]) => [key, reference(inner)]));
}

describe('canonical JSON', () => {
  it('has the bytes of an object with sorted keys, whatever the content', () => {
    const day = fc.date({ noInvalidDate: true });
    const key = fc.oneof(fc.string(), fc.nat({ max: 5000 }).map(String), fc.constantFrom('10', '2', '0', '007', 'a'));
    const value = fc.letrec<{ any: unknown }>((tie) => ({
      any: fc.oneof(
        { maxDepth: 3 },
        fc.string(),
        fc.double(),
        fc.boolean(),
        fc.constantFrom(null, undefined),
        day,
        fc.array(tie('any'), { maxLength: 4 }),
        fc.dictionary(key, tie('any'), { maxKeys: 6, noNullPrototype: true }),
        fc.array(fc.tuple(key, tie('any')), { maxLength: 4 }).map((entries) => new Map(entries)),
      ),
    })).any;
    fc.assert(
      fc.property(value, (content) => {
        expect(canonicalJson({ content })).toBe(JSON.stringify(reference({ content })));
      }),
      { numRuns: 2000 },
    );
  });

  it('does not depend on the order in which members were set', () => {
    expect(canonicalJson({ b: 1, a: [{ d: null, c: 'x' }], 10: 0, 2: 0 })).toBe(
      '{"2":0,"10":0,"a":[{"c":"x","d":null}],"b":1}',
    );
  });
});
