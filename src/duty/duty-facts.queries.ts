import { Injectable } from '@nestjs/common';
import { Db, marks } from '../infrastructure/database/db.js';
import { legalDateOf } from '../rules/calendar.js';
import type { DutyFacts, DutyRequest } from '../rules/duty-facts.js';
import { Problem, notFound } from '../kernel/problem.js';
import { assembleMembers, type MemberRow } from './assemble-members.js';
import { assembleSubject, type SubjectRow } from './assemble-subject.js';
import {
  delegationStatement,
  factsStatement,
  unique,
  type Asked,
  type ReadStatement,
  type Visibility,
} from './duty-statements.queries.js';

export type { Visibility };

/** Re-decisions (start, recall, sweep) judge the named people, whoever asks. */
export const EVERYTHING: Visibility = { path: '/' };

/** The facts, and the time at which the database began to read them. */
export interface LoadedFacts {
  readonly facts: DutyFacts;
  readonly toldAt: number;
}

type FactRow = SubjectRow | MemberRow | { readonly k: 'now'; readonly t1: number | string };
const ABOUT_THE_BODY: ReadonlySet<string> = new Set(['subject', 'matter', 'status', 'power', 'delegation', 'setting']);
const isAboutBody = (row: FactRow): row is SubjectRow => ABOUT_THE_BODY.has(row.k);
const isAboutPeople = (row: FactRow): row is MemberRow => row.k !== 'now' && !isAboutBody(row);

/** Up to so many names a statement has one of few shapes, which the server keeps parsed. */
const FEW = 8;

/**
 * The one loader of facts for the one decision. The time, the body and the people are read by one statement, so as of one moment,
 * whatever the size of the team. Certificate numbers are turned into their holders before it; what befell the delegations that the
 * body acts under is read after it. All through the open unit of work, so behind its locks, and from no cache or replica.
 */
@Injectable()
export class DutyFactsLoader {
  constructor(private readonly db: Db) {}

  /**
   * @param knownAt only what was recorded by then and not replaced by then; null means everything current
   * @throws Problem 404 when the body or the matter is unknown or outside the visibility
   */
  async load(request: DutyRequest, visibility: Visibility, knownAt: number | null): Promise<LoadedFacts> {
    const firstDay = legalDateOf(request.from);
    if (firstDay === null) throw new Problem('invalid', 'INSTANT_MALFORMED', 'The span lies outside the calendar.');
    const asked: Asked = { request, visibility, knownAt, firstDay };
    const people = await this.named(request);
    const { sql, parameters } = factsStatement(asked, people);
    const rows = await this.db.hotRows<FactRow>(sql, parameters);
    const time = rows.find((row) => row.k === 'now');
    if (!time || time.t1 === null) throw new Error('the database told no time');
    const subjectRows = rows.filter(isAboutBody);
    const body = assembleSubject([...subjectRows, ...(await this.aboutDelegations(asked, subjectRows))], request);
    if (!body.subject) throw notFound('body');
    if (!body.matter) throw notFound('matter');
    const facts = {
      subject: body.subject,
      matter: body.matter,
      delegations: body.delegations,
      settings: body.settings,
      officers: assembleMembers(rows.filter(isAboutPeople), request),
    };
    return { facts, toldAt: Number(time.t1) };
  }

  /** Officers named by id and those who hold a certificate of that number, of whatever type: that never changes once it is so. */
  private async named({ members }: DutyRequest): Promise<string[]> {
    const ids = members.flatMap(({ officerId }) => (officerId === undefined ? [] : [officerId]));
    const numbers = unique(
      members.flatMap(({ certificateNo }) => (certificateNo === undefined ? [] : [certificateNo])),
    );
    if (numbers.length === 0) return unique(ids);
    const sql = `SELECT n.officer_id FROM certificates n WHERE n.number IN (${marks(numbers)})`;
    const holders = await this.read<{ officer_id: string }>({ sql, parameters: numbers }, numbers.length);
    return unique([...ids, ...holders.map(({ officer_id }) => officer_id)]);
  }

  private async aboutDelegations(asked: Asked, rows: readonly SubjectRow[]): Promise<SubjectRow[]> {
    const delegations = rows.filter(({ k }) => k === 'delegation');
    if (delegations.length === 0) return [];
    return this.read<SubjectRow>(delegationStatement(asked, delegations), delegations.length);
  }

  private read<Row extends object>({ sql, parameters }: ReadStatement, named: number): Promise<Row[]> {
    return named <= FEW ? this.db.hotRows<Row>(sql, parameters) : this.db.rows<Row>(sql, parameters);
  }
}
