import { describe, expect, it } from '@jest/globals';
import {
  commandOfCheck,
  isPending,
  PUBLICATION_DECISIONS,
  PUBLICATION_STATES,
  publicationLifecycle,
} from '../../src/rules/publication.lifecycle.js';
import { colourOf, judgeCheck, judgePreparation } from '../../src/rules/publication.rules.js';
import { NOTICE_KIND_LABELS, NOTICE_KINDS, noticeText } from '../../src/rules/texts/notice.texts.js';

const clerk = { accountId: 'clerk', officerId: null };
const READY = {
  state: 'PREPARED',
  officerId: 'o1',
  actor: clerk,
  command: 'publish',
  preparedBy: 'hr',
  isPublishable: true,
  privacyChecked: true,
  secrecyChecked: true,
} as const;
const codes = ({ reasons }: { readonly reasons: readonly { readonly code: string }[] }) =>
  reasons.map(({ code }) => code);

describe('publication', () => {
  it('moves by its table only', () => {
    const table = Object.fromEntries(
      PUBLICATION_STATES.map((state) => [state, publicationLifecycle.commandsFrom(state)]),
    );
    expect(table).toEqual({
      DUE: ['prepare', 'lapse'],
      PREPARED: ['publish', 'return', 'withhold', 'lapse'],
      PUBLISHED: ['withhold', 'takeDown', 'replace'],
      WITHHELD: ['prepare', 'lapse'],
      TAKEN_DOWN: [],
      REPLACED: [],
      LAPSED: [],
    });
    expect(PUBLICATION_STATES.filter(isPending)).toEqual(['DUE', 'PREPARED', 'WITHHELD']);
    expect(PUBLICATION_DECISIONS.map(commandOfCheck)).toEqual(['publish', 'return', 'withhold']);
  });

  it.each([
    ['everything is right', {}, []],
    ['nobody prepared it', { state: 'DUE', preparedBy: null }, ['PUBLICATION_STATE']],
    ['the same person prepared it', { preparedBy: 'clerk' }, ['SAME_PERSON_TWO_LEVELS']],
    ['it is the own case', { actor: { accountId: 'clerk', officerId: 'o1' } }, ['OWN_CASE']],
    ['the card has ended meanwhile', { isPublishable: false }, ['NOT_PUBLISHABLE']],
    ['privacy was not checked', { privacyChecked: false }, ['PRIVACY_NOT_CHECKED']],
    ['secrecy was not checked', { secrecyChecked: false }, ['SECRECY_NOT_CHECKED']],
    [
      'all of it, and every reason is named',
      { preparedBy: 'clerk', isPublishable: false, privacyChecked: false, secrecyChecked: false },
      ['SAME_PERSON_TWO_LEVELS', 'NOT_PUBLISHABLE', 'PRIVACY_NOT_CHECKED', 'SECRECY_NOT_CHECKED'],
    ],
    [
      'to return it no check is needed',
      { command: 'return', isPublishable: false, privacyChecked: false, secrecyChecked: false },
      [],
    ],
    [
      'the one who prepared it can not withhold it either',
      { command: 'withhold', preparedBy: 'clerk' },
      ['SAME_PERSON_TWO_LEVELS'],
    ],
  ] as const)('is decided: %s', (_what, change, expected) => {
    expect(codes(judgeCheck({ ...READY, ...change }))).toEqual(expected);
  });

  it('is prepared for others only, and only while it may be public', () => {
    const asked = { state: 'DUE', officerId: 'o1', actor: clerk, isPublishable: true } as const;
    expect(codes(judgePreparation(asked))).toEqual([]);
    expect(codes(judgePreparation({ ...asked, isPublishable: false, state: 'PUBLISHED' }))).toEqual([
      'PUBLICATION_STATE',
      'NOT_PUBLISHABLE',
    ]);
    expect(codes(judgePreparation({ ...asked, actor: { accountId: 'x', officerId: 'o1' } }))).toEqual(['OWN_CASE']);
  });

  it('turns amber, red and over the day after each last day', () => {
    const days = { amberOn: '2026-02-26', targetOn: '2026-02-27', limitOn: '2026-03-19' };
    const seen = ['2026-02-25', '2026-02-26', '2026-02-27', '2026-02-28', '2026-03-19', '2026-03-20'];
    expect(seen.map((day) => colourOf(days, day))).toEqual(['GREEN', 'AMBER', 'AMBER', 'RED', 'RED', 'OVER']);
  });
});

describe('a notice', () => {
  it.each(NOTICE_KINDS)('%s has a sentence in both languages and a name', (kind) => {
    const text = noticeText(kind, { deadline: '2026-03-30', daysLeft: 28 });
    expect(text?.zh).toMatch(/[\u4e00-\u9fff].*。$/);
    expect(text?.en).toMatch(/^[A-Z].*\.$/);
    expect(NOTICE_KIND_LABELS[kind]).toBeDefined();
  });
  it('of another version has none, also where its name is one of Object’s own', () => {
    expect([noticeText('unheard', {}), noticeText('constructor', {})]).toEqual([null, null]);
  });
});
