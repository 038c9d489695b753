import { dayNumber } from './days.js';
import type { EnrolmentRow, ResultRow } from './dossier.js';
import type { Source } from './source.js';

interface ClassRow {
  readonly id: string;
  readonly starts_on: string;
  readonly ends_on: string;
  readonly hours: string;
  readonly type: string;
  readonly subject: string;
  readonly domain: string | null;
}

interface PaperRow {
  readonly id: string;
  readonly subject: string;
  readonly domain: string;
  readonly pass_mark: string;
  readonly held_on: string;
  readonly released_at: string;
}

export interface Credited {
  readonly type: string;
  readonly subject: string;
  readonly domain: string | null;
  readonly endsOn: string;
  /** In hundredths, so that tenths add up. */
  readonly hours: number;
}

export interface Pass {
  readonly subject: string;
  readonly domain: string | null;
  readonly passedOn: string;
}

const hundredths = (hours: string | number): number => Math.round(Number(hours) * 100);

/** Classes and papers: what hours and passes are worth. */
export class Learning {
  private constructor(
    private readonly classes: ReadonlyMap<string, ClassRow>,
    private readonly papers: ReadonlyMap<string, PaperRow>,
  ) {}

  static async read(source: Source): Promise<Learning> {
    const classes = await source.rows<ClassRow>(
      `SELECT c.id, c.starts_on, c.ends_on, c.hours, p.type, p.subject, p.domain
       FROM training_classes c JOIN training_plans p ON p.id = c.plan_id`,
    );
    const papers = await source.rows<PaperRow>(
      `SELECT p.id, p.subject, p.domain, p.pass_mark, e.held_on, e.released_at
       FROM exam_papers p JOIN exams e ON e.id = p.exam_id WHERE e.status = 'RELEASED'`,
    );
    return new Learning(new Map(classes.map((row) => [row.id, row])), new Map(papers.map((row) => [row.id, row])));
  }

  /** BR-41: released by then, and the mark reached in that very paper. */
  passes(results: readonly ResultRow[], at: string): Pass[] {
    return results.flatMap(({ paper_id, score, voided_at }) => {
      if (voided_at !== null && voided_at < at) return [];
      const paper = this.papers.get(paper_id);
      if (!paper || paper.released_at > at || Number(score) < Number(paper.pass_mark)) return [];
      const { subject, domain, held_on } = paper;
      return [{ subject, domain: domain === '' ? null : domain, passedOn: held_on }];
    });
  }

  /** BR-31: no more than planned, none counted twice on one day, no day longer than the most a day may count. */
  credits(enrolments: readonly EnrolmentRow[], at: string, maxPerDay: number): Credited[] {
    const taken = enrolments.flatMap(({ class_id, hours_confirmed, confirmed_at }) => {
      const attended = this.classes.get(class_id);
      if (!attended || (confirmed_at !== null && confirmed_at > at)) return [];
      const [first, last] = [dayNumber(attended.starts_on), dayNumber(attended.ends_on)];
      const wanted = Math.min(hundredths(attended.hours), hundredths(hours_confirmed));
      return [{ attended, first, last, wanted, given: 0 }];
    });
    taken.sort((a, b) => a.last - b.last || a.first - b.first || (a.attended.id < b.attended.id ? -1 : 1));
    const cap = hundredths(maxPerDay);
    const used = new Map<number, number>();
    const begins = Math.min(...taken.map(({ first }) => first));
    const ends = Math.max(...taken.map(({ last }) => last));
    // Day by day; on each the class that ends first goes first.
    for (let day = begins; day <= ends; day++) {
      for (const one of taken) {
        const room = cap - (used.get(day) ?? 0);
        if (room <= 0) break;
        if (day < one.first || day > one.last || one.given >= one.wanted) continue;
        const hours = Math.min(room, one.wanted - one.given);
        one.given += hours;
        used.set(day, (used.get(day) ?? 0) + hours);
      }
    }
    return taken.map(({ attended: { type, subject, domain, ends_on }, given }) => ({
      type,
      subject,
      domain,
      endsOn: ends_on,
      hours: given,
    }));
  }
}
