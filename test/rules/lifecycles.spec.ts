import { describe, expect, it } from '@jest/globals';
import {
  APPLICATION_DECISIONS,
  APPLICATION_STATES,
  APPLICATION_STEPS,
  applicationLifecycle,
  applicationVerbs,
  moveOfDecision,
  OPEN_APPLICATION_STATES,
  stepAwaited,
} from '../../src/rules/application.lifecycle.js';
import {
  CERTIFICATE_STATES,
  certificateLifecycle,
  type CertificateTimes,
  certificateVerbs,
  standingOf,
} from '../../src/rules/certificate.lifecycle.js';
import { type DelegationTimes, delegationStandingOf, delegationVerbs } from '../../src/rules/delegation.lifecycle.js';
import {
  DEPLOYMENT_STATES,
  deploymentLifecycle,
  WATCHED_DEPLOYMENT_STATES,
} from '../../src/rules/deployment.lifecycle.js';
import { examLifecycle } from '../../src/rules/exam.lifecycle.js';
import { IMPORT_STATES, importLifecycle, RUNNING_IMPORT_STATES } from '../../src/rules/import.lifecycle.js';
import { Lifecycle } from '../../src/rules/lifecycle.js';
import { SUBJECT_STATES, subjectLifecycle } from '../../src/rules/subject.lifecycle.js';
import { trainingClassLifecycle } from '../../src/rules/training-class.lifecycle.js';
import { at, LONG_AGO } from './duty-world.js';

const finals = <S extends string>(lifecycle: Lifecycle<S, string>) =>
  lifecycle.states.filter((state) => lifecycle.isFinal(state));

describe('a lifecycle', () => {
  const states = ['A', 'B', 'C'] as const;
  type S = (typeof states)[number];
  it('refuses a state that no path leads to', () => {
    expect(() => new Lifecycle<S, 'go'>('A', states, { go: { from: ['A'], to: 'B' } })).toThrow('no path leads to: C');
  });
  it('refuses an island that only leads to itself', () => {
    const moves = {
      go: { from: ['A'], to: 'A' },
      there: { from: ['B'], to: 'C' },
      back: { from: ['C'], to: 'B' },
    } as const;
    expect(() => new Lifecycle<S, keyof typeof moves>('A', states, moves)).toThrow('no path leads to: B, C');
  });
  it('refuses a state that does not exist', () => {
    expect(() => new Lifecycle<S, 'go'>('A', ['A'], { go: { from: ['A'], to: 'B' } })).toThrow('not a state: B');
  });
  it('tells moves, commands and ends', () => {
    const made = new Lifecycle<S, 'go' | 'on'>('A', states, {
      go: { from: ['A', 'B'], to: 'B' },
      on: { from: ['B'], to: 'C' },
    });
    expect(made.move('go')).toEqual({ from: ['A', 'B'], to: 'B' });
    expect(made.commandsFrom('B')).toEqual(['go', 'on']);
    expect([made.allows('A', 'on'), made.allows('B', 'on')]).toEqual([false, true]);
    expect(finals(made)).toEqual(['C']);
  });
});

describe('the tables', () => {
  it('certificate', () => {
    expect(finals(certificateLifecycle)).toEqual(['EXPIRED', 'LOST', 'REVOKED', 'CANCELLED', 'REPLACED']);
    expect(certificateLifecycle.commandsFrom('RESERVED')).toEqual(['activate', 'cancel']);
    expect(certificateLifecycle.commandsFrom('VALID')).toEqual(['expire', 'reportLoss', 'revoke', 'cancel', 'replace']);
  });
  it('deployment', () => {
    expect(
      Object.fromEntries(DEPLOYMENT_STATES.map((state) => [state, deploymentLifecycle.commandsFrom(state)])),
    ).toEqual({
      PLANNED: ['start', 'cancel', 'recall'],
      ACTIVE: ['complete', 'recall'],
      COMPLETED: [],
      CANCELLED: [],
      RECALLED: [],
    });
    expect(WATCHED_DEPLOYMENT_STATES).toEqual(['PLANNED', 'ACTIVE']);
  });
  it('import', () => {
    expect(finals(importLifecycle)).toEqual(['REVERTED']);
    expect(IMPORT_STATES.filter((state) => importLifecycle.allows(state, 'commit'))).toEqual(['VALIDATED']);
    expect(IMPORT_STATES.filter((state) => importLifecycle.allows(state, 'revert'))).toEqual([
      'COMPLETED',
      'PARTIALLY_COMPLETED',
      'CANCELLED',
      'FAILED',
    ]);
    for (const state of RUNNING_IMPORT_STATES) {
      expect(importLifecycle.allows(state, 'fail') && importLifecycle.allows(state, 'cancel')).toBe(true);
    }
  });
  it('application', () => {
    expect(OPEN_APPLICATION_STATES).toEqual(['SUBMITTED', 'DISTRICT_REVIEWED', 'APPROVED', 'IN_BATCH']);
    expect(APPLICATION_STATES.map((state) => stepAwaited(state))).toEqual([
      'DISTRICT_REVIEW',
      'DISTRICT_APPROVAL',
      null,
      null,
      null,
      null,
      null,
      null,
    ]);
    expect(APPLICATION_STATES.map((state) => [state, applicationVerbs(state)])).toEqual([
      ['SUBMITTED', ['withdraw', 'decide']],
      ['DISTRICT_REVIEWED', ['decide']],
      ['APPROVED', []],
      ['IN_BATCH', []],
      ['ISSUED', []],
      ['RETURNED', ['resubmit']],
      ['REJECTED', []],
      ['WITHDRAWN', []],
    ]);
    expect(
      APPLICATION_STEPS.map((step) => APPLICATION_DECISIONS.map((decision) => moveOfDecision(step, decision))),
    ).toEqual([
      [
        { from: ['SUBMITTED'], to: 'DISTRICT_REVIEWED' },
        { from: ['SUBMITTED'], to: 'RETURNED' },
        { from: ['SUBMITTED'], to: 'REJECTED' },
      ],
      [
        { from: ['DISTRICT_REVIEWED'], to: 'APPROVED' },
        { from: ['DISTRICT_REVIEWED'], to: 'RETURNED' },
        { from: ['DISTRICT_REVIEWED'], to: 'REJECTED' },
      ],
    ]);
    expect(applicationLifecycle.commandsFrom('IN_BATCH')).toEqual(['takeOutOfBatch', 'issue']);
  });
  it('subject', () => {
    expect(Object.fromEntries(SUBJECT_STATES.map((state) => [state, subjectLifecycle.commandsFrom(state)]))).toEqual({
      REGISTERED: ['confirm', 'abolish'],
      CONFIRMED: ['suspend', 'abolish'],
      SUSPENDED: ['restore', 'abolish'],
      ABOLISHED: [],
    });
  });
  it('exam and training class', () => {
    expect(finals(examLifecycle)).toEqual(['RELEASED']);
    expect(finals(trainingClassLifecycle)).toEqual(['CLOSED']);
  });
});

describe('how a certificate stands', () => {
  const card = (over: Partial<CertificateTimes>): CertificateTimes => ({
    state: 'VALID',
    validTo: '2026-12-31',
    endedFrom: null,
    suspensions: [],
    ...over,
  });
  const end = at('2027-01-01');

  it('expires by its date even when no sweeper ran', () => {
    expect(standingOf(card({}), end - 1)).toBe('VALID');
    expect(standingOf(card({}), end)).toBe('EXPIRED');
    expect(standingOf(card({ state: 'EXPIRED' }), end - 1)).toBe('VALID');
    expect(standingOf(card({ validTo: 'never' }), LONG_AGO)).toBe('EXPIRED');
  });
  it.each(['LOST', 'REVOKED', 'CANCELLED', 'REPLACED'] as const)('is %s only from the legal effect on', (state) => {
    const endedFrom = at('2026-06-01');
    expect(standingOf(card({ state, endedFrom }), endedFrom - 1)).toBe('VALID');
    expect(standingOf(card({ state, endedFrom }), endedFrom)).toBe(state);
    expect(standingOf(card({ state, endedFrom }), end + 1)).toBe(state);
    expect(standingOf(card({ state, endedFrom: null }), LONG_AGO)).toBe(state);
  });
  it('is suspended until the lift, whatever else ended or began', () => {
    const suspensions = [
      { from: at('2026-03-01'), to: at('2026-04-01') },
      { from: at('2026-05-01'), to: null },
    ];
    const on = (date: string) => standingOf(card({ suspensions }), at(date));
    expect([on('2026-02-28'), on('2026-03-01'), on('2026-04-01'), on('2026-05-01'), on('2027-01-01')]).toEqual([
      'VALID',
      'SUSPENDED',
      'VALID',
      'SUSPENDED',
      'EXPIRED',
    ]);
    expect(standingOf(card({ suspensions }), at('2026-04-01') - 1)).toBe('SUSPENDED');
  });
  it('stays reserved until it is activated', () => {
    expect(standingOf(card({ state: 'RESERVED' }), end)).toBe('RESERVED');
  });
  it('offers the verbs that will work', () => {
    expect(certificateVerbs('VALID')).toContain('suspend');
    expect(certificateVerbs('SUSPENDED')).toEqual(['lift', 'expire', 'reportLoss', 'revoke', 'cancel', 'replace']);
    expect(CERTIFICATE_STATES.filter((state) => certificateVerbs(state).length > 0)).toEqual([
      'RESERVED',
      'VALID',
      'LOST',
    ]);
    expect(certificateVerbs('LOST')).toEqual(['declareVoid']);
  });
});

describe('how a delegation stands', () => {
  const delegation = (over: Partial<DelegationTimes>): DelegationTimes => ({
    state: 'PUBLISHED',
    validFrom: '2026-01-01',
    validTo: '2026-12-31',
    delegatorPublishedOn: '2025-12-01',
    delegateePublishedOn: '2025-12-05',
    suspensions: [],
    revokedFrom: null,
    ...over,
  });
  const [before, begin, end] = [at('2026-01-01') - 1, at('2026-01-01'), at('2027-01-01')];

  it.each<[string, Partial<DelegationTimes>, number, string]>([
    ['a draft', { state: 'DRAFT' }, begin, 'DRAFT'],
    ['published, before its term', {}, before, 'PUBLISHED'],
    ['in its first instant', {}, begin, 'EFFECTIVE'],
    ['in its last instant', {}, end - 1, 'EFFECTIVE'],
    ['the day after', {}, end, 'EXPIRED'],
    ['one side unpublished', { delegateePublishedOn: null }, begin, 'SIGNED'],
    [
      'published on the day',
      { delegatorPublishedOn: '2026-01-01', delegateePublishedOn: '2026-01-01' },
      begin,
      'EFFECTIVE',
    ],
    ['published later', { delegateePublishedOn: '2026-01-02' }, begin, 'SIGNED'],
    ['suspended', { suspensions: [{ from: begin, to: null }] }, begin, 'SUSPENDED'],
    ['resumed', { suspensions: [{ from: before, to: begin }] }, begin, 'EFFECTIVE'],
    ['revoked later', { state: 'REVOKED', revokedFrom: begin + 1 }, begin, 'EFFECTIVE'],
    ['revoked now', { state: 'REVOKED', revokedFrom: begin }, begin, 'REVOKED'],
    ['revoked without a time', { state: 'REVOKED' }, begin, 'REVOKED'],
    ['unreadable end', { validTo: '2026-02-30' }, begin, 'EXPIRED'],
    ['unreadable begin', { validFrom: '' }, begin, 'PUBLISHED'],
  ])('%s', (_name, over, instant, expected) => {
    expect(delegationStandingOf(delegation(over), instant)).toBe(expected);
  });

  it('offers the verbs that will work', () => {
    expect(delegationVerbs('DRAFT', 'DRAFT')).toEqual(['sign']);
    expect(delegationVerbs('SIGNED', 'SIGNED')).toEqual(['publish', 'revoke', 'suspend']);
    expect(delegationVerbs('PUBLISHED', 'SUSPENDED')).toEqual(['revoke', 'resume']);
    expect(delegationVerbs('REVOKED', 'EFFECTIVE')).toEqual([]);
    expect(delegationVerbs('PUBLISHED', 'EXPIRED')).toEqual([]);
  });
});
