import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/index.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { inputInvalid } from '../../infrastructure/validation/validation.js';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import type { ImportDefinition } from '../../kernel/import-definition.js';
import { notFound, Problem } from '../../kernel/problem.js';
import { legalDateOf } from '../../rules/calendar.js';
import { ImportStore, wrongStatus } from '../import-store.js';
import type { ImportRowView } from '../import.view.js';
import { MarkDuplicates } from '../work/mark-duplicates.js';
import { examineRows } from './examine-rows.js';
import { ImportRows } from './import-rows.js';
import { RowsQueries } from './rows.queries.js';
import { isLeftOut, LEFT_OUT, typed, type Overlay } from './row-codec.js';
import { RowDigests } from './row-digests.js';
import { RowReader } from './row-reader.js';

const OPEN = ['VALID', 'WARNING', 'INVALID', 'FAILED'];
const LONGEST = 2000;

/** What somebody says about one row. */
export interface Correction {
  /** By field: the new text; null takes the correction back. */
  readonly values: Readonly<Record<string, unknown>>;
  /** True leaves the row out of the import, false takes it in again. */
  readonly leftOut?: boolean | undefined;
}

/**
 * Replaces cells of one row by what somebody typed, or leaves the row out; the uploaded row stays. The row and those of its key are
 * examined at once.
 */
@Injectable()
export class CorrectRow {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly store: ImportStore,
    private readonly rows: ImportRows,
    private readonly duplicates: MarkDuplicates,
    private readonly queries: RowsQueries,
    private readonly digests: RowDigests,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 404, 409, 400 */
  async execute(
    actor: Actor,
    importId: string,
    rowNumber: number,
    correction: Correction,
    verb: 'import.correct-row' | 'import.accept-repair' = 'import.correct-row',
  ): Promise<ImportRowView> {
    return this.uow.run(async () => {
      const record = await this.store.lock(actor, importId);
      if (record.status !== 'VALIDATED') throw wrongStatus(record.status, 'Rows are corrected while it is VALIDATED.');
      const definition = this.store.definitionOf(record);
      const [staged] = await this.rows.byNumbers(record.id, [rowNumber]);
      if (!staged) throw notFound('row');
      if (!OPEN.includes(staged.state ?? '') && !isLeftOut(staged.overlay)) {
        throw new Problem(
          'conflict',
          'ROW_STATE',
          'Only a row that was examined and not yet imported can be corrected.',
          {
            extensions: { state: staged.state },
          },
        );
      }
      const overlay = changed(definition, staged.overlay, correction);
      const today = legalDateOf(await this.clock.now()) ?? '';
      const reader = new RowReader(definition, record.mapping, record.layout, today);
      const context = { actor, importId: record.id, parameters: record.parameters };
      const keys = [
        await this.rows.keyOf(record.id, rowNumber),
        this.rows.keyIndex(record.id, reader.read({ ...staged, overlay }).naturalKey),
      ].filter((key) => key !== null);
      const sharing = await this.rows.sharing(record.id, keys, OPEN);
      const others = sharing.filter((row) => row.rowNumber !== rowNumber);
      await this.rows.keepOverlays(record.id, new Map([[rowNumber, overlay]]));
      const examined = await examineRows(definition, context, reader, [...others, { ...staged, overlay }]);
      await this.rows.keepExamined(record.id, examined);
      const own = examined.filter((row) => row.rowNumber === rowNumber && row.state !== 'IGNORED');
      await this.digests.keep({ importId: record.id, round: record.round, definition }, own, true);
      if (keys.length > 0) await this.duplicates.refresh(record.id, keys);
      this.audit.record(
        actor,
        verb,
        { type: 'import', id: record.id },
        {
          after: {
            rowNumber,
            fields: Object.keys(correction.values),
            ...(correction.leftOut === undefined ? {} : { leftOut: correction.leftOut }),
          },
        },
      );
      const view = await this.queries.one(record, rowNumber);
      if (!view) throw notFound('row');
      return view;
    });
  }
}

function changed(definition: ImportDefinition, overlay: Overlay, { values, leftOut }: Correction): Overlay {
  const fields = new Set(definition.columns.map(({ field }) => field));
  const errors = Object.entries(values).flatMap(([field, value]) => {
    const pointer = `/values/${field.slice(0, 80)}`;
    if (!fields.has(field)) return [{ pointer, code: 'UNKNOWN_FIELD', detail: 'this kind has no such field' }];
    if (value !== null && (typeof value !== 'string' || value.length > LONGEST)) {
      return [{ pointer, code: 'TEXT', detail: `must be text of at most ${LONGEST} characters, or null` }];
    }
    return [];
  });
  if (Object.keys(values).length === 0 && leftOut === undefined)
    errors.push({ pointer: '/values', code: 'MISSING', detail: 'nothing to change' });
  if (errors.length > 0) throw inputInvalid(errors);
  const stays = leftOut ?? isLeftOut(overlay);
  const kept = Object.entries(overlay).filter(([field]) => field !== LEFT_OUT && !Object.hasOwn(values, field));
  const given = Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries([
    ...kept,
    ...given.map(([field, text]) => [field, typed(text)] as const),
    ...(stays ? [[LEFT_OUT, typed('')] as const] : []),
  ]);
}
