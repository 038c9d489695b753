import { Injectable } from '@nestjs/common';
import { Readiness, type ReadinessFacts } from '../../qualification/index.js';
import { Db, marks } from '../../infrastructure/database/db.js';
import { legalDateOf } from '../../rules/calendar.js';
import type { InstantPeriod } from '../../rules/duty-facts.js';
import { monthsInPost, type ReviewFacts } from '../../rules/review.rules.js';
import { standingAt, type CertificateRecord } from '../certificate.rows.js';
import { groupBy, inParts } from '../collections.js';

export interface ReviewAsk {
  /** Names the ask in the answer. */
  readonly key: string;
  readonly certificate: CertificateRecord;
  readonly year: number;
}

interface Test {
  readonly on: string;
  readonly passed: boolean;
}

interface YearFacts {
  /** By officer and year. */
  readonly hours: ReadonlyMap<string, number>;
  readonly assignments: ReadonlyMap<string, readonly InstantPeriod[]>;
  readonly sanctions: ReadonlyMap<string, readonly string[]>;
  /** The oldest first. */
  readonly tests: ReadonlyMap<string, readonly Test[]>;
  readonly acts: ReadonlyMap<string, string>;
  readonly actsRecordedFrom: string | null;
}

/** BR-72: puts the files of holders together, in a fixed number of statements for each body however many they are. */
@Injectable()
export class ReviewFactsQueries {
  constructor(
    private readonly db: Db,
    private readonly readiness: Readiness,
  ) {}

  /** By the key of the ask. The caller holds the locks of officers and certificates where it decides. */
  async of(asks: readonly ReviewAsk[], instant: number): Promise<ReadonlyMap<string, ReviewFacts>> {
    if (asks.length === 0) return new Map();
    const known = await this.yearFacts([...new Set(asks.map(({ certificate }) => certificate.officerId))]);
    const found = new Map<string, ReviewFacts>();
    for (const [subjectId, group] of groupBy(asks, ({ certificate }) => certificate.subjectId)) {
      const officerIds = [...new Set(group.map(({ certificate }) => certificate.officerId))];
      const persons = await this.readiness.of(officerIds, { subjectId, instant });
      for (const ask of group) {
        const person = persons.get(ask.certificate.officerId);
        if (!person) throw new Error('the holder of a certificate is missing');
        found.set(ask.key, factsOf(ask, person, known, instant));
      }
    }
    return found;
  }

  private async yearFacts(officerIds: readonly string[]): Promise<YearFacts> {
    const hours = await inParts(officerIds, (part) =>
      this.db.rows<{ officer_id: string; in_year: number; hours: string }>(
        `SELECT e.officer_id, YEAR(k.ends_on) AS in_year, SUM(e.hours_confirmed) AS hours FROM training_enrolments e
         JOIN training_classes k ON k.id = e.class_id WHERE e.officer_id IN (${marks(part)}) AND e.hours_confirmed IS NOT NULL
         GROUP BY e.officer_id, YEAR(k.ends_on)`,
        part,
      ),
    );
    const acts = await inParts(officerIds, (part) =>
      this.db.rows<{ officer_id: string; last_act: Date }>(
        `SELECT m.officer_id, MAX(d.started_at) AS last_act FROM deployment_members m JOIN deployments d ON d.id = m.deployment_id
         WHERE m.officer_id IN (${marks(part)}) AND d.started_at IS NOT NULL GROUP BY m.officer_id`,
        part,
      ),
    );
    const first = await this.db.row<{ first_act: Date | null }>(
      'SELECT MIN(started_at) AS first_act FROM deployments WHERE started_at IS NOT NULL',
    );
    return {
      hours: new Map(hours.map((row) => [`${row.officer_id}:${row.in_year}`, Number(row.hours)])),
      assignments: await this.assignments(officerIds),
      sanctions: await this.sanctions(officerIds),
      tests: await this.tests(officerIds),
      acts: new Map(acts.map(({ officer_id, last_act }) => [officer_id, day(last_act)])),
      actsRecordedFrom: first?.first_act ? day(first.first_act) : null,
    };
  }

  private async assignments(officerIds: readonly string[]): Promise<ReadonlyMap<string, readonly InstantPeriod[]>> {
    const rows = await inParts(officerIds, (part) =>
      this.db.rows<{ officer_id: string; effective_from: Date; effective_to: Date | null }>(
        `SELECT officer_id, effective_from, effective_to FROM officer_assignments
         WHERE officer_id IN (${marks(part)}) AND superseded_at IS NULL`,
        part,
      ),
    );
    return listed(
      rows,
      ({ officer_id }) => officer_id,
      (row) => ({ from: row.effective_from.getTime(), to: row.effective_to?.getTime() ?? null }),
    );
  }

  private async sanctions(officerIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const rows = await inParts(officerIds, (part) =>
      this.db.rows<{ officer_id: string; effective_from: string }>(
        `SELECT officer_id, effective_from FROM officer_sanctions WHERE officer_id IN (${marks(part)}) AND superseded_at IS NULL`,
        part,
      ),
    );
    return listed(
      rows,
      ({ officer_id }) => officer_id,
      ({ effective_from }) => effective_from,
    );
  }

  /** Of released exams; a paper that was void or whose pass was taken back counts as failed, one not sat does not count. */
  private async tests(officerIds: readonly string[]): Promise<ReadonlyMap<string, readonly Test[]>> {
    const rows = await inParts(officerIds, (part) =>
      this.db.rows<{ officer_id: string; held_on: string; passed: number }>(
        `SELECT r.officer_id, x.held_on, MIN(CASE WHEN v.paper_id IS NULL THEN r.passed ELSE 0 END) AS passed
         FROM exam_results r JOIN exams x ON x.id = r.exam_id
         LEFT JOIN exam_pass_voids v ON v.officer_id = r.officer_id AND v.paper_id = r.paper_id
         WHERE r.officer_id IN (${marks(part)}) AND x.status = 'RELEASED' AND r.outcome <> 'ABSENT'
         GROUP BY r.officer_id, x.id, x.held_on ORDER BY x.held_on, x.id`,
        part,
      ),
    );
    return listed(
      rows,
      ({ officer_id }) => officer_id,
      ({ held_on, passed }) => ({ on: held_on, passed: Number(passed) === 1 }),
    );
  }
}

function factsOf(
  { certificate, year }: ReviewAsk,
  person: ReadinessFacts,
  known: YearFacts,
  instant: number,
): ReviewFacts {
  const { officerId, validFrom } = certificate;
  const on = legalDateOf(instant) ?? '';
  const tests = (known.tests.get(officerId) ?? []).filter((test) => test.on >= validFrom && test.on <= on);
  return {
    year,
    on,
    at: instant,
    validFrom,
    standing: standingAt(certificate, instant),
    leftFrom: person.leftFrom,
    isAssigned: person.isAssigned,
    isOffPost: person.offPost.some(({ from, to }) => from <= instant && (to === null || to > instant)),
    staffCategory: person.staffCategory,
    onEstablishment: person.onEstablishment,
    bars: person.bars,
    sanctions: (known.sanctions.get(officerId) ?? []).filter((from) => from >= `${year}-01-01` && from <= on).length,
    hours: known.hours.get(`${officerId}:${year}`) ?? 0,
    monthsInPost: monthsInPost(known.assignments.get(officerId) ?? [], person.leftFrom, year),
    lastTest: tests.at(-1) ?? null,
    lastActOn: known.acts.get(officerId) ?? null,
    actsRecordedFrom: known.actsRecordedFrom,
  };
}

const day = (instant: Date): string => legalDateOf(instant.getTime()) ?? '';

const listed = <Row, T>(rows: readonly Row[], key: (row: Row) => string, value: (row: Row) => T): Map<string, T[]> =>
  new Map([...groupBy(rows, key)].map(([of, all]) => [of, all.map(value)]));
