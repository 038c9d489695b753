import { Injectable } from '@nestjs/common';
import { Db } from '../infrastructure/database/db.js';
import { HandlesTopic, type TopicHandler } from '../infrastructure/discovery/marks.js';
import type { Topics } from '../infrastructure/outbox/topics.js';
import { Settings } from '../infrastructure/settings/settings.js';
import { barOfCheating } from '../rules/bars.rules.js';
import { Bars } from './bars.js';

/** BR-49: who cheated in an exam is barred for a while, from the day of the exam. */
@HandlesTopic('exam.released')
@Injectable()
export class BarCheatersHandler implements TopicHandler {
  constructor(
    private readonly db: Db,
    private readonly settings: Settings,
    private readonly bars: Bars,
  ) {}

  async handle({ examId }: Topics['exam.released']): Promise<void> {
    const exam = await this.db.row<{ held_on: string }>('SELECT held_on FROM exams WHERE id = ? AND status = ?', [
      examId,
      'RELEASED',
    ]);
    if (!exam) throw new Error('the exam of this event is not released');
    const cheaters = await this.db.rows<{ officer_id: string }>(
      `SELECT DISTINCT officer_id FROM exam_results WHERE exam_id = ? AND outcome = 'VOID' ORDER BY officer_id`,
      [examId],
    );
    const months = await this.settings.number(exam.held_on, 'exam.cheatBarMonths');
    await this.bars.impose(
      null,
      cheaters.map(({ officer_id }) => ({
        ...barOfCheating(exam.held_on, months),
        officerId: officer_id,
        source: { type: 'exam', id: examId },
      })),
    );
  }
}
