import { describe, expect, it } from '@jest/globals';
import { decideDuty } from '../../src/rules/duty-decision.rules.js';
import { MISTAKES, POISONS, shuffled, withRequest, WORSE } from '../support/reference-duty/changes.js';
import { referenceDecision } from '../support/reference-duty/reference-duty.js';
import {
  Coverage,
  diceFor,
  makeWorld,
  REASON_CODES,
  showWorld,
  shrinkWorld,
  type World,
} from '../support/reference-duty/worlds.js';

/**
 * Two implementations of the duty decision, written apart from each other, over random worlds. WORLDS and SEED choose how
 * many and which; a mismatch names the seed and the index, by which it comes back, and shows the smallest world that has it.
 */
const WORLDS = Number(process.env.WORLDS ?? 100_000);
const SEED = Number(process.env.SEED ?? 42);
const PROPERTY_WORLDS = Math.max(1, Math.min(WORLDS, 10_000));
const POISON_WORLDS = Math.min(PROPERTY_WORLDS, 1_000);
const MISTAKE_WORLDS = 20_000;
const MINUTE = 60_000;

type Decide = (world: World) => ReturnType<typeof decideDuty>;

const moment = { decidedAt: 1_800_000_000_000, knownAt: 1_800_000_000_000 };
const decide: Decide = ({ facts, request }) => decideDuty(facts, request, moment);

/** Where the page fixes when the warning is given. */
const COMPARED_WARNINGS: readonly string[] = ['CERTIFICATE_EXPIRES_SOON', 'HOURS_SHORT'];

const codes = (reasons: readonly { readonly code: string }[]): string =>
  reasons
    .map((reason) => reason.code)
    .sort()
    .join(' ');

function said(decision: ReturnType<typeof decideDuty>): string[] {
  return [
    `cleared ${decision.cleared}`,
    `via ${decision.via === null ? 'nothing' : `${decision.via.kind} ${decision.via.id}`}`,
    `body: ${codes(decision.subjectReasons)}`,
    `team: ${codes(decision.teamReasons)}`,
    ...decision.members.map((member) => {
      const warnings = codes(member.warnings.filter((warning) => COMPARED_WARNINGS.includes(warning.code)));
      return `member ${member.cleared} ${codes(member.reasons)} (${warnings})`;
    }),
  ];
}

function expected({ facts, request }: World): string[] {
  const decision = referenceDecision(facts, request);
  return [
    `cleared ${decision.cleared}`,
    `via ${decision.via === null ? 'nothing' : `${decision.via.kind} ${decision.via.id}`}`,
    `body: ${decision.subjectReasons.join(' ')}`,
    `team: ${decision.teamReasons.join(' ')}`,
    ...decision.members.map(
      (member) => `member ${member.cleared} ${member.reasons.join(' ')} (${member.warnings.join(' ')})`,
    ),
  ];
}

const differs = (world: World, product: Decide): boolean =>
  said(product(world)).join('\n') !== expected(world).join('\n');

function explain(what: string, seed: number, index: number, world: World, fails: (world: World) => boolean): string {
  const small = shrinkWorld(world, fails);
  const lines = [`${what}: seed ${seed}, index ${index}`, 'product:', ...said(decide(small))];
  return [...lines, 'reference:', ...expected(small), 'smallest world:', showWorld(small)].join('\n');
}

describe('two implementations of the duty decision', () => {
  it(
    'say the same of every random world',
    () => {
      let mismatches = 0;
      let first = '';
      for (let index = 0; index < WORLDS; index += 1) {
        const world = makeWorld(SEED, index);
        if (!differs(world, decide)) continue;
        mismatches += 1;
        if (first === '') first = explain('mismatch', SEED, index, world, (one) => differs(one, decide));
      }
      process.stdout.write(`random worlds: ${WORLDS} compared, ${mismatches} mismatches, seed ${SEED}\n`);
      if (mismatches > 0) throw new Error(`${mismatches} of ${WORLDS} worlds differ. The first:\n${first}`);
    },
    10 * MINUTE,
  );

  it('are asked about worlds in which every reason occurs and many people are cleared', () => {
    const coverage = new Coverage();
    for (let index = 0; index < 20_000; index += 1) {
      const { facts, request } = makeWorld(SEED, index);
      coverage.add(referenceDecision(facts, request));
    }
    if (process.env.COVERAGE_REPORT !== undefined) process.stdout.write(`${coverage.report()}\n`);
    expect(REASON_CODES.filter((code) => coverage.share(code) < 0.003)).toEqual([]);
    expect(coverage.share('cleared')).toBeGreaterThan(0.1);
    expect(coverage.share('cleared by OWN_POWER')).toBeGreaterThan(0.03);
    expect(coverage.share('cleared by DELEGATION')).toBeGreaterThan(0.03);
  });
});

describe('the comparison finds', () => {
  const found = (product: Decide): boolean => {
    for (let index = 0; index < MISTAKE_WORLDS; index += 1) {
      const world = makeWorld(SEED, index);
      if (differs(world, product) && !differs(world, decide)) return true;
    }
    return false;
  };

  it.each(Object.keys(MISTAKES))('%s', (name) => {
    const mistake = MISTAKES[name];
    expect(mistake !== undefined && found((world) => decide(mistake(world)))).toBe(true);
  });

  it.each(REASON_CODES)('%s left out', (code) => {
    const without = <R extends { readonly code: string }>(reasons: readonly R[]) =>
      reasons.filter((r) => r.code !== code);
    const product: Decide = (world) => {
      const decision = decide(world);
      return {
        ...decision,
        subjectReasons: without(decision.subjectReasons),
        teamReasons: without(decision.teamReasons),
        members: decision.members.map((member) => ({ ...member, reasons: without(member.reasons) })),
      };
    };
    expect(found(product)).toBe(true);
  });
});

describe('over random worlds', () => {
  const eachWorld = (
    check: (world: World, dice: ReturnType<typeof diceFor>) => string | null,
    worlds = PROPERTY_WORLDS,
  ): void => {
    for (let index = 0; index < worlds; index += 1) {
      const world = makeWorld(SEED, index);
      const complaint = check(world, diceFor(SEED + 1, index));
      if (complaint !== null) throw new Error(`${complaint}: seed ${SEED}, index ${index}\n${showWorld(world)}`);
    }
  };

  it.each(Object.keys(WORSE))('nobody becomes cleared because %s', (name) => {
    const worsen = WORSE[name];
    if (worsen === undefined) throw new Error(name);
    let lost = 0;
    eachWorld((world, dice) => {
      const before = decide(world);
      const after = decide(worsen(world, dice));
      if (before.cleared && !after.cleared) lost += 1;
      if (!before.cleared && after.cleared) return 'the team became cleared';
      if (before.subjectReasons.length > 0 && after.subjectReasons.length === 0) return 'the body became cleared';
      const gained = after.members.some((member, i) => member.cleared && before.members[i]?.cleared !== true);
      return gained ? 'a member became cleared' : null;
    });
    expect(lost).toBeGreaterThan(0);
  });

  it.each(Object.keys(POISONS))('nobody is cleared when this cannot be read: %s', (name) => {
    const poison = POISONS[name];
    if (poison === undefined) throw new Error(name);
    let tried = 0;
    eachWorld((world) => {
      if (!referenceDecision(world.facts, world.request).cleared) return null;
      const poisoned = poison(world);
      if (poisoned === null) return null;
      tried += 1;
      return decide(poisoned).cleared ? 'cleared all the same' : null;
    }, POISON_WORLDS);
    expect(tried).toBeGreaterThan(0);
  });

  it('the order of the facts changes nothing', () => {
    eachWorld((world, dice) => {
      const other = shuffled(world, dice);
      return said(decide(world)).join('\n') === said(decide(other)).join('\n') ? null : 'another order, another answer';
    });
  });

  it('a member is judged in a list as it is judged alone', () => {
    eachWorld((world) => {
      const together = decide(world);
      const differing = world.request.members.find((member, i) => {
        const alone = decide(withRequest(world, { members: [member] }));
        const reasons = together.members[i]?.reasons.filter((reason) => reason.code !== 'DUPLICATE_MEMBER') ?? [];
        return (
          codes(alone.members[0]?.reasons ?? []) !== codes(reasons) ||
          codes(alone.members[0]?.warnings ?? []) !== codes(together.members[i]?.warnings ?? []) ||
          codes(alone.subjectReasons) !== codes(together.subjectReasons)
        );
      });
      return differing === undefined ? null : `${differing.key} is judged differently`;
    });
  });
});
