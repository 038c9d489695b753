import { Injectable } from '@nestjs/common';
import { ExamsForOfficer, type ExamForOfficer } from '../exams/index.js';
import type { Actor } from '../kernel/actor.js';
import type { KnownOfficer } from '../officers/index.js';
import { legalDateOf, yearOf, type LegalDate } from '../rules/calendar.js';
import type { ReadinessLine } from '../rules/readiness.rules.js';
import { helps, sayWay, wantedFor, WAYS_NAMED, type ClassWanted, type ExamWanted } from '../rules/ways.rules.js';
import { ClassesForOfficer, type ClassForOfficer } from '../training/index.js';

/** A class or an exam that would meet a condition. */
export interface Way {
  readonly kind: 'TRAINING_CLASS' | 'EXAM';
  readonly id: string;
  readonly title: string;
  /** Of the class; null for an exam. */
  readonly plan: { readonly id: string; readonly name: string } | null;
  readonly startsOn: LegalDate;
  readonly endsOn: LegalDate;
  readonly place: string | null;
  readonly hours: number | null;
  /** Null: no limit, or none is known. */
  readonly seatsLeft: number | null;
  /** The body that holds it. */
  readonly heldBy: string;
  /** The officer is in it already; it only has to be finished. */
  readonly isEntered: boolean;
  /** Who asks may open its page. */
  readonly mayOpen: boolean;
  readonly sentence: { readonly zh: string; readonly en: string };
}

/** Finds the shortest way to meet conditions: the nearest classes and exams that are open to the officer. */
@Injectable()
export class Ways {
  constructor(
    private readonly classes: ClassesForOfficer,
    private readonly exams: ExamsForOfficer,
  ) {}

  /** Takes an officer whom the actor may see, and the lines of the checklist. Gives for each line at most three ways, by date. */
  async of(
    actor: Actor,
    officer: KnownOfficer,
    lines: readonly ReadinessLine[],
    { domains, now }: { readonly domains: readonly string[]; readonly now: number },
  ): Promise<readonly (readonly Way[])[]> {
    const on = legalDateOf(now) ?? '';
    const wanted = lines.map((line) => (line.met || !line.blocking ? null : wantedFor(line, domains, on)));
    const papers = wanted.filter((one): one is ExamWanted => one?.kind === 'EXAM');
    const classes = wanted.some((one) => one?.kind === 'TRAINING_CLASS') ? await this.classes.of(officer, on) : [];
    const exams = await this.exams.of(officer.id, papers, { now, on, most: WAYS_NAMED });
    return wanted.map((one) => {
      if (one === null) return [];
      const ways =
        one.kind === 'EXAM'
          ? exams.filter((exam) => offers(exam, one)).map((exam) => examWay(actor, exam, one))
          : classes.filter((offered) => helps(offered, one)).map((offered) => classWay(actor, offered, one));
      return ways.slice(0, WAYS_NAMED);
    });
  }
}

const offers = ({ papers }: ExamForOfficer, { subject, domain }: ExamWanted): boolean =>
  papers.some((paper) => paper.subject === subject && paper.domain === domain);

/** Classes and exams are seen by who sees the body that holds them. */
const mayOpen = ({ permissions, homeSubjectPath }: Actor, ownerPath: string): boolean =>
  permissions.has('business.read') && ownerPath.startsWith(homeSubjectPath);

function classWay(actor: Actor, offered: ClassForOfficer, { ends }: ClassWanted): Way {
  const { id, title, startsOn, endsOn, place, hours, seatsLeft, isEntered } = offered;
  const facts = { title, startsOn, endsOn, place, hours, seatsLeft, year: String(yearOf(endsOn)) };
  const kind = ends === null ? 'CLASS' : 'CLASS_OF_YEAR';
  return {
    kind: 'TRAINING_CLASS',
    id,
    title,
    plan: { id: offered.planId, name: offered.planTitle },
    startsOn,
    endsOn,
    place,
    hours,
    seatsLeft,
    heldBy: offered.ownerName,
    isEntered,
    mayOpen: mayOpen(actor, offered.ownerPath),
    sentence: sayWay(isEntered ? `${kind}_ENTERED` : `${kind}_OPEN`, facts),
  };
}

function examWay(actor: Actor, exam: ExamForOfficer, { subject }: ExamWanted): Way {
  const { id, title, heldOn, isEntered } = exam;
  return {
    kind: 'EXAM',
    id,
    title,
    plan: null,
    startsOn: heldOn,
    endsOn: heldOn,
    place: null,
    hours: null,
    seatsLeft: null,
    heldBy: exam.ownerName,
    isEntered,
    mayOpen: mayOpen(actor, exam.ownerPath),
    sentence: sayWay(isEntered ? 'EXAM_ENTERED' : 'EXAM_OPEN', { title, startsOn: heldOn, examSubject: subject }),
  };
}
