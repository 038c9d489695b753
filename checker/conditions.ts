import { Bodies, runsAt, wasKnown } from './bodies.js';
import { dayOf, isOfAge, lastDayOfTerm, plusDays } from './days.js';
import type { Report } from './differences.js';
import type { Dossier } from './dossier.js';
import { educationRank, ENTITLED_KINDS, MAY_HOLD } from './law.js';
import type { Learning, Pass } from './learning.js';
import type { SettingHistory } from './settings.js';

export interface Sources {
  readonly settings: SettingHistory;
  readonly bodies: Bodies;
  readonly learning: Learning;
}

/** A moment with what was the law then. */
interface Moment {
  readonly at: string;
  readonly day: string;
  readonly setting: (key: string) => unknown;
}

/**
 * Whether the certificate could be issued when it was: everything is read anew from what was on record at that moment, not from
 * what the decision kept. Cards that were taken over were not decided here.
 */
export function judgeConditions(
  dossier: Dossier,
  activatedAt: string,
  content: Record<string, unknown>,
  { settings, bodies, learning }: Sources,
  report: Report,
): void {
  const { card } = dossier;
  const day = dayOf(activatedAt);
  const moment: Moment = { at: activatedAt, day, setting: (key) => settings.value(key, day, activatedAt) };
  const evidence = evidenceOf(content);
  if (evidence === null) report('EVIDENCE_MISSING');
  judgeBody(card.subject_id, moment, bodies, report);
  judgePerson(dossier, moment, bodies, evidence ?? {}, report);
  const domains = JSON.parse(card.domains_json) as string[];
  if (domains.length === 0 && card.type === 'ENFORCEMENT') report('DOMAINS_MISSING');
  const before = card.previous_domains_json === null ? [] : (JSON.parse(card.previous_domains_json) as string[]);
  const passes = learning.passes(dossier.results, activatedAt).filter(({ passedOn }) => passedOn <= day);
  const isFirst = card.app_type === 'FIRST';
  const isExempt = moment.setting('exam.exemptCommon') === true && isLegalProfessional(dossier, evidence ?? {});
  if (isFirst && !isExempt) judgePass(passes, 'COMMON_LAW', null, moment, report);
  for (const domain of domains) {
    if (!isFirst && before.includes(domain)) continue;
    judgePass(passes, 'SPECIAL_LAW', domain, moment, report);
  }
  if (isFirst) judgeTraining(dossier, domains, moment, learning, report);
  if (card.app_type === 'RENEW') judgeRenewal(dossier, domains, passes, moment, learning, report);
}

function evidenceOf(content: Record<string, unknown>): Record<string, unknown> | null {
  const evidence = content['evidence'] as { facts?: Record<string, unknown> } | null | undefined;
  return evidence?.facts ?? null;
}

function judgeBody(subjectId: string, { at, day }: Moment, bodies: Bodies, report: Report): void {
  if (!bodies.wasConfirmed(subjectId, at)) report('BODY_NOT_CONFIRMED', { subjectId });
  if (bodies.actsByDelegation(subjectId) && !bodies.wasDelegated(subjectId, at, day))
    report('DELEGATION_MISSING', { subjectId });
}

function judgePerson(
  dossier: Dossier,
  moment: Moment,
  bodies: Bodies,
  evidence: Record<string, unknown>,
  report: Report,
): void {
  const { card, assignments, departures, offPosts, bars } = dossier;
  const { at, day, setting } = moment;
  const here = assignments.filter(
    (row) => row.subject_id === card.subject_id && runsAt(row, at) && wasKnown(row, at, true),
  );
  if (here.length === 0) report('NOT_ASSIGNED');
  else {
    const able = here.filter((row) => MAY_HOLD.has(row.staff_category));
    if (able.length === 0) report('STAFF_BARRED', { staffCategory: here[0]?.staff_category ?? null });
    else if (!able.some((row) => row.on_establishment === 1)) report('NOT_ON_ESTABLISHMENT');
    const isEntitled =
      ENTITLED_KINDS.has(bodies.kindOf(card.subject_id) ?? '') || bodies.wasDelegated(card.subject_id, at, day);
    if (able.length > 0 && !isEntitled && able.every((row) => row.staff_category === 'PUBLIC_INSTITUTION'))
      report('INSTITUTION_NOT_ENTITLED');
  }
  if (departures.some((row) => runsAt(row, at) && wasKnown(row, at, false))) report('LEFT_SERVICE');
  if (offPosts.some((row) => runsAt(row, at) && wasKnown(row, at, false))) report('OFF_POST');
  if (!isOfAge(card.birth_date, 18, day)) report('AGE_BELOW_18');
  judgeEducation(dossier, evidence, setting('person.minEducation'), report);
  const bar = bars.find(
    (row) =>
      wasKnown(row, at, false) &&
      row.barred_from <= day &&
      (row.barred_to === null || row.barred_to >= day) &&
      counts(row.ground, setting('eligibility.bars')),
  );
  if (bar) report('BARRED_PERIOD', { ground: bar.ground });
}

/** BR-21: every ground counts unless its switch is off. */
function counts(ground: string, setting: unknown): boolean {
  if (typeof setting !== 'object' || setting === null) return true;
  const value = (setting as Record<string, unknown>)[ground];
  return value !== false && value !== 'off';
}

/** The officer's row has no history: the decision kept what it said, and a later change left a higher version. */
function judgeEducation({ card }: Dossier, evidence: Record<string, unknown>, minimum: unknown, report: Report): void {
  const kept = evidence['education'];
  const words = [kept === undefined ? card.education : kept];
  const word = words[0];
  if (word !== null && (typeof word !== 'string' || educationRank(word) < educationRank(String(minimum))))
    report('EDUCATION_TOO_LOW', { education: typeof word === 'string' ? word : null });
  if (evidence['birthDate'] !== undefined && evidence['birthDate'] !== card.birth_date)
    report('PERSON_CHANGED', { field: 'birthDate' });
}

/** As it was kept; a number that was entered later makes nobody exempt before. */
const isLegalProfessional = ({ card }: Dossier, evidence: Record<string, unknown>): boolean =>
  evidence['hasLegalQualification'] === true && card.is_legal_professional === 1;

const latest = (passes: readonly Pass[], subject: string, domain: string | null): string | null =>
  passes
    .filter((pass) => pass.subject === subject && (domain === null || pass.domain === domain))
    .reduce<string | null>((last, { passedOn }) => (last === null || passedOn > last ? passedOn : last), null);

/** BR-41, BR-42, BR-53. */
function judgePass(
  passes: readonly Pass[],
  subject: string,
  domain: string | null,
  { day, setting }: Moment,
  report: Report,
): void {
  const passedOn = latest(passes, subject, domain);
  if (passedOn === null) report('EXAM_MISSING', { subject, domain });
  else if (lastDayOfTerm(passedOn, Number(setting('exam.passValidYears'))) < day)
    report('EXAM_TOO_OLD', { subject, domain, passedOn });
}

/** BR-34. */
function judgeTraining(
  { enrolments }: Dossier,
  domains: readonly string[],
  { at, day, setting }: Moment,
  learning: Learning,
  report: Report,
): void {
  const credits = learning
    .credits(enrolments, at, Number(setting('hours.maxPerDay')))
    .filter(({ type, endsOn }) => type === 'PRE_POST' && endsOn <= day);
  const hours = (subject?: string, domain?: string): number =>
    credits
      .filter((one) => (!subject || one.subject === subject) && (!domain || one.domain === domain))
      .reduce((sum, one) => sum + one.hours, 0) / 100;
  const missing = domains.filter((domain) => hours('SPECIAL_LAW', domain) <= 0);
  const needed = Number(setting('hours.prePost'));
  if (hours('COMMON_LAW') <= 0 || missing.length > 0 || hours() < needed)
    report('TRAINING_MISSING', { hours: hours(), needed, domain: missing[0] ?? null });
}

/** BR-69. */
function judgeRenewal(
  { card, enrolments }: Dossier,
  domains: readonly string[],
  passes: readonly Pass[],
  { at, day, setting }: Moment,
  learning: Learning,
  report: Report,
): void {
  const { previous_valid_from: from, previous_valid_to: to } = card;
  if (from === null || to === null) return;
  const opens = plusDays(to, -Number(setting('cert.renewBeforeDays')));
  if (day < opens) report('RENEWAL_TOO_EARLY', { opens });
  const year = String(Number(day.slice(0, 4)) - 1);
  const done =
    learning
      .credits(enrolments, at, Number(setting('hours.maxPerDay')))
      .filter(({ endsOn }) => endsOn.startsWith(year))
      .reduce((sum, { hours }) => sum + hours, 0) / 100;
  const needed = Number(setting('hours.annual'));
  if (done < needed) report('HOURS_SHORT', { done, needed });
  if (setting('cert.renewalTest') !== true) return;
  const again = (subject: string, domain: string | null): boolean => (latest(passes, subject, domain) ?? '') > from;
  const missing = domains.filter((domain) => !again('SPECIAL_LAW', domain));
  if (!again('COMMON_LAW', null) || missing.length > 0) report('RENEWAL_TEST_MISSING', { domain: missing[0] ?? null });
}
