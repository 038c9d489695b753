import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import type { ImportRow, RowProblem } from '../../kernel/import-definition.js';
import { Db, marks } from '../../infrastructure/database/db.js';
import { legalDateOf } from '../../rules/calendar.js';
import type { LockedApplication } from '../applications/application-locks.js';
import type { IssuanceRuling } from '../applications/issuance-desk.js';
import { BatchDesk, type Assembled } from '../batches/batch-desk.js';
import { groupBy, inParts } from '../collections.js';
import { CardRows, type CardRow } from './card-rows.js';
import { error, isError, problemOf } from './row-problems.js';

export interface BackfillRow extends CardRow {
  readonly application: LockedApplication | null;
  readonly batchId: string | null;
  readonly ruling: IssuanceRuling | null;
}

export interface BackfillReading {
  readonly rows: readonly BackfillRow[];
  readonly chunk: Assembled;
  readonly now: number;
}

/** BR-141: matches each number that came back with an approved application that waits for one. */
@Injectable()
export class BackfillReader {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly cards: CardRows,
    private readonly desk: BatchDesk,
  ) {}

  /** `lock`: everything the decision rests on is locked first, because the rows are about to be applied. */
  async read(actor: Actor, rows: readonly ImportRow[], lock: boolean): Promise<BackfillReading> {
    const today = legalDateOf(await this.clock.now()) ?? '';
    const waiting = await this.waiting(await this.cards.read(actor, rows, today, false));
    const applicationIds = waiting.flatMap(({ applicationId }) => (applicationId === null ? [] : [applicationId]));
    const chunk = lock ? await this.desk.assemble(applicationIds) : await this.desk.look(applicationIds);
    // Read again under the locks: the ledger and the queue may have moved on.
    const cards = lock ? await this.cards.read(actor, rows, today, false) : waiting.map(({ card }) => card);
    const now = await this.clock.now();
    const rulings = await this.desk.judge(chunk, now);
    const applications = new Map(chunk.applications.map((application) => [application.id, application]));
    const read = cards.map((card, place): BackfillRow => {
      const { applicationId = null, batchId = null } = waiting[place] ?? {};
      const application = applicationId === null ? null : (applications.get(applicationId) ?? null);
      const ruling = application ? (rulings.get(application.id) ?? null) : null;
      return { ...card, application, batchId, ruling };
    });
    for (const row of read) judge(row);
    refuseRivals(read);
    return { rows: read, chunk, now };
  }

  /** The application of each row: approved, in a batch that waits for numbers, of this person and type. */
  private async waiting(
    cards: readonly CardRow[],
  ): Promise<{ card: CardRow; applicationId: string | null; batchId: string | null }[]> {
    const officerIds = cards.flatMap(({ officer }) => officer?.id ?? []);
    const rows = await inParts(officerIds, (part) =>
      this.db.rows<{ id: string; officer_id: string; certificate_type: string; batch_id: string }>(
        `SELECT a.id, a.officer_id, a.certificate_type, i.batch_id FROM certificate_applications a
       JOIN certificate_batch_items i ON i.application_id = a.id AND i.status = 'WAITING'
       JOIN certificate_batches b ON b.id = i.batch_id AND b.status = 'WAITING_FOR_NUMBERS'
       WHERE a.officer_id IN (${marks(part)}) AND a.state = 'IN_BATCH'`,
        part,
      ),
    );
    const found = new Map(rows.map((row) => [`${row.officer_id}:${row.certificate_type}`, row]));
    return cards.map((card) => {
      const row = found.get(`${card.officer?.id ?? ''}:${card.type ?? ''}`);
      return { card, applicationId: row?.id ?? null, batchId: row?.batch_id ?? null };
    });
  }
}

function judge(row: BackfillRow): void {
  const { problems, officer, type, ledger, application, ruling } = row;
  if (ledger) {
    problems.push(problemOf({ code: 'NUMBER_TAKEN', facts: { certificateNo: row.number } }, 'number'));
  }
  if (officer && type && !application) {
    problems.push(
      error(null, 'APPLICATION_UNKNOWN', '没有找到等待证号的已批准申请。请先审批申请并组批，或核对人员与证件类型。'),
    );
  }
  problems.push(...(ruling?.reasons ?? []).map((reason): RowProblem => problemOf(reason, null)));
}

/** Two rows with one number, or for one application: neither counts until one is chosen (BR-139). */
function refuseRivals(rows: readonly BackfillRow[]): void {
  const keys = [
    (row: BackfillRow) => (row.type && row.number !== '' ? `${row.type}:${row.number}` : ''),
    (row: BackfillRow) => row.application?.id ?? '',
  ];
  for (const key of keys) {
    for (const [value, rivals] of groupBy(rows, key)) {
      if (value === '' || rivals.length === 1) continue;
      for (const { rowNumber, problems } of rivals) {
        const others = rivals.filter((rival) => rival.rowNumber !== rowNumber).map((rival) => rival.rowNumber);
        if (problems.some(({ code }) => code === 'DUPLICATE_IN_FILE')) continue;
        problems.push(error(null, 'DUPLICATE_IN_FILE', `与第 ${others.join('、')} 行重复。请保留其中一行。`));
      }
    }
  }
}

/** A row that can be applied. */
export const isSound = (row: BackfillRow): boolean => !row.problems.some(isError) && row.application !== null;
