import { Injectable } from '@nestjs/common';
import { below, Db, marks } from '../infrastructure/database/db.js';
import { inputInvalid } from '../infrastructure/validation/validation.js';
import type { Actor } from '../kernel/actor.js';
import type { FindMembersDto } from './duty-people.dto.js';
import type { FoundMembersView, FoundMemberView } from './duty-people.view.js';

const MOST = 1000;
/** So many people of one name are shown; beyond that a certificate number has to tell who is meant. */
const SHOWN = 20;

interface Row {
  readonly id: string;
  readonly name: string;
  readonly subject_id: string;
  readonly subject_name: string;
  readonly post_title: string;
  readonly id_number_masked: string;
}

const COLUMNS = 'o.id, o.name, o.subject_id, s.name AS subject_name, o.post_title, o.id_number_masked';
const JOINED = 'FROM officers o JOIN subjects s ON s.id = o.subject_id';

/** Finds the people whom names or certificate numbers mean, within the asker's scope. It clears nobody. */
@Injectable()
export class FindMembers {
  constructor(private readonly db: Db) {}

  /** @throws Problem 400 with more than 1,000 texts */
  async execute(actor: Actor, { text, subjectId }: FindMembersDto): Promise<FoundMembersView> {
    const texts = textsOf(text);
    if (texts.length > MOST) {
      throw inputInvalid([{ pointer: '/text', code: 'TOO_MANY', detail: `at most ${MOST} names at a time` }]);
    }
    const found = await this.read(actor, texts);
    return {
      items: texts.map((asked) => ({
        text: asked,
        matches: ranked(found.get(asked.toUpperCase()) ?? [], subjectId).slice(0, SHOWN),
      })),
    };
  }

  private async read(actor: Actor, texts: readonly string[]): Promise<Map<string, FoundMemberView[]>> {
    const scope = below(actor.homeSubjectPath);
    const found = new Map<string, FoundMemberView[]>();
    for (let start = 0; start < texts.length; start += 500) {
      const part = texts.slice(start, start + 500);
      const named = await this.db.rows<Row & { asked: string }>(
        `SELECT ${COLUMNS}, o.name AS asked ${JOINED} WHERE o.name IN (${marks(part)}) AND s.path LIKE ? ORDER BY o.id LIMIT 20000`,
        [...part, scope],
      );
      const numbered = await this.db.rows<Row & { asked: string }>(
        `SELECT ${COLUMNS}, c.number AS asked ${JOINED} JOIN certificates c ON c.officer_id = o.id
         WHERE c.number IN (${marks(part)}) AND s.path LIKE ? ORDER BY o.id`,
        [...part.map((number) => number.toUpperCase()), scope],
      );
      for (const row of [...named, ...numbered]) {
        const key = row.asked.toUpperCase();
        const others = found.get(key) ?? [];
        if (!others.some(({ officerId }) => officerId === row.id)) found.set(key, [...others, viewOf(row)]);
      }
    }
    return found;
  }
}

/** 「张 三」 is 张三: blanks inside a Chinese name mean nothing, in a Latin one they do. */
export function textsOf(text: string): string[] {
  const parts = text
    .normalize('NFKC')
    .split(/[\n\r\t,;、。]+/u)
    .map((part) => part.trim().replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han}$)/u, ''))
    .filter((part) => part !== '');
  return [...new Set(parts)];
}

const ranked = (matches: readonly FoundMemberView[], subjectId: string | undefined): FoundMemberView[] =>
  [...matches].sort((a, b) => Number(b.subjectId === subjectId) - Number(a.subjectId === subjectId));

const viewOf = (row: Row): FoundMemberView => ({
  officerId: row.id,
  name: row.name,
  subjectId: row.subject_id,
  subjectName: row.subject_name,
  postTitle: row.post_title,
  idNumber: row.id_number_masked,
});
