import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Db } from '../infrastructure/database/db.js';
import { UnitOfWork } from '../infrastructure/database/unit-of-work.js';
import { encodingNamed } from '../infrastructure/files/index.js';
import { staleVersion } from '../infrastructure/http/if-match.js';
import { Outbox } from '../infrastructure/outbox/outbox.js';
import { inputInvalid } from '../infrastructure/validation/validation.js';
import type { Actor } from '../kernel/actor.js';
import type { ImportDefinition } from '../kernel/import-definition.js';
import { Problem, type InputError } from '../kernel/problem.js';
import type { ChangeMappingDto } from './import.dto.js';
import type { Heading, ImportRecord, Layout, MappedColumn, Mapping } from './import-record.js';
import { isFixable } from './fixes/cell-texts.js';
import { ImportStore, wrongStatus } from './import-store.js';
import { memoryOf, missingFields } from './work/file-layout.js';
import { ImportEnding } from './work/import-ending.js';
import { MappingMemory } from './work/mapping-memory.js';

/** Says how the file is to be read. Another sheet, header or encoding: it is read anew; else its rows are examined anew. */
@Injectable()
export class ChangeMapping {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly store: ImportStore,
    private readonly ending: ImportEnding,
    private readonly memory: MappingMemory,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 400, 404, 409, 412 */
  async execute(actor: Actor, id: string, version: number, change: ChangeMappingDto): Promise<void> {
    await this.uow.run(async () => {
      const record = await this.store.lock(actor, id);
      if (record.version !== version) throw staleVersion(record.version);
      if (record.status !== 'NEEDS_MAPPING' && record.status !== 'VALIDATED') {
        throw wrongStatus(record.status, 'The mapping is changed while it is NEEDS_MAPPING or VALIDATED.');
      }
      if (record.round > 1) {
        throw new Problem('conflict', 'ROUND_OPEN', 'The mapping stays as it is once a corrected workbook was sent.', {
          extensions: { state: record.status, round: record.round },
        });
      }
      await this.db.execute('UPDATE imports SET acting_by = ? WHERE id = ?', [actor.accountId, id]);
      await (readsAnew(change) ? this.readAnew(record, change) : this.mapAnew(record, change));
      await this.outbox.put('import.advance', { importId: id });
      this.audit.record(actor, 'import.change-mapping', { type: 'import', id }, { after: summaryOf(change) });
    });
  }

  private async readAnew(record: ImportRecord, change: ChangeMappingDto): Promise<void> {
    if (change.columns ?? change.values) {
      throw inputInvalid([
        {
          pointer: '/columns',
          code: 'AFTER_READING',
          detail:
            'choose sheet, header row and encoding first; map columns and values when the file has been read anew',
        },
      ]);
    }
    const { layout } = record;
    const errors: InputError[] = [];
    if (change.sheet !== undefined && !layout?.sheets.some(({ name }) => name === change.sheet)) {
      errors.push({ pointer: '/sheet', code: 'SHEET_UNKNOWN', detail: 'the file has no sheet of this name' });
    }
    if (change.encoding !== undefined && (layout?.format !== 'CSV' || encodingNamed(change.encoding) === null)) {
      errors.push({
        pointer: '/encoding',
        code: 'ENCODING_UNKNOWN',
        detail: 'only for text files: UTF-8, GBK, GB18030, UTF-16',
      });
    }
    if (change.separator !== undefined && layout?.format !== 'CSV') {
      errors.push({ pointer: '/separator', code: 'NOT_A_TEXT_FILE', detail: 'only for text files' });
    }
    if (errors.length > 0) throw inputInvalid(errors);
    await this.ending.dropRows(record.id);
    await this.db.execute(
      `UPDATE imports SET sheet_name = ?, encoding = ?, separator_mark = ?, header_row = ?, total_rows = 0, layout_json = NULL, mapping_json = NULL
       WHERE id = ?`,
      [
        change.sheet ?? record.sheetName ?? layout?.sheet ?? null,
        change.encoding ?? record.encoding,
        change.separator ?? record.separator,
        change.headerRow ?? (change.sheet === undefined ? record.headerRow : null),
        record.id,
      ],
    );
    await this.ending.move({ ...record, totalRows: 0 }, 'parse');
  }

  private async mapAnew(record: ImportRecord, change: ChangeMappingDto): Promise<void> {
    const { layout } = record;
    const definition = this.store.definitionOf(record);
    if (!layout || layout.headings.length === 0) {
      throw inputInvalid([{ pointer: '/sheet', code: 'MISSING', detail: 'choose a sheet and its header row first' }]);
    }
    const mapping = mappingOf(definition, layout, record.mapping, change);
    const missing = missingFields(definition, mapping);
    if (missing.length > 0) {
      throw inputInvalid(
        missing.map((field) => ({ pointer: `/columns/${field}`, code: 'REQUIRED_MISSING', detail: 'must be mapped' })),
      );
    }
    await this.db.execute('UPDATE imports SET mapping_json = ? WHERE id = ?', [JSON.stringify(mapping), record.id]);
    await this.memory.keep(record.ownerSubjectId, record.kind, layout.fingerprint, memoryOf(layout, mapping));
    const impersonal = definition.columns.filter(isFixable).map(({ field }) => field);
    const words = Object.entries((change.values ?? {}) as Mapping['values']).filter(([field]) =>
      impersonal.includes(field),
    );
    await this.memory.keepWords(record.ownerSubjectId, record.kind, Object.fromEntries(words));
    await this.ending.move(record, 'validate');
  }
}

const readsAnew = ({ sheet, headerRow, encoding, separator }: ChangeMappingDto): boolean =>
  sheet !== undefined || headerRow !== undefined || encoding !== undefined || separator !== undefined;

/** Fields that are not named keep their column unless it was taken from them. @throws Problem 400 */
function mappingOf(
  definition: ImportDefinition,
  layout: Layout,
  before: Mapping | null,
  { columns = {}, values = {} }: ChangeMappingDto,
): Mapping {
  const fields = new Set(definition.columns.map(({ field }) => field));
  const errors: InputError[] = [];
  const chosen = new Map<string, MappedColumn | null>();
  for (const [field, wanted] of Object.entries(columns)) {
    const pointer = `/columns/${field.slice(0, 80)}`;
    const found = wanted === null ? null : typeof wanted === 'string' ? columnNamed(layout, wanted) : undefined;
    if (!fields.has(field)) errors.push({ pointer, code: 'UNKNOWN_FIELD', detail: 'this kind has no such field' });
    else if (found === undefined)
      errors.push({ pointer, code: 'COLUMN_UNKNOWN', detail: 'the file has no such column' });
    else if (found === 'AMBIGUOUS') {
      errors.push({
        pointer,
        code: 'COLUMN_AMBIGUOUS',
        detail: 'two columns have this heading; name it by its letter',
      });
    } else chosen.set(field, found && { ...found, how: 'CHOSEN' });
  }
  const taken = [...chosen.values()].flatMap((column) => (column ? [column.column] : []));
  if (new Set(taken).size !== taken.length) {
    errors.push({ pointer: '/columns', code: 'COLUMN_TWICE', detail: 'one column can feed one field only' });
  }
  for (const [field, words] of Object.entries(values)) {
    const pointer = `/values/${field.slice(0, 80)}`;
    if (!fields.has(field)) errors.push({ pointer, code: 'UNKNOWN_FIELD', detail: 'this kind has no such field' });
    else if (!isWords(words)) errors.push({ pointer, code: 'OBJECT_EXPECTED', detail: 'must be an object of texts' });
  }
  if (errors.length > 0) throw inputInvalid(errors);
  const kept = Object.entries(before?.columns ?? {}).filter(
    ([field, { column }]) => !chosen.has(field) && !taken.includes(column),
  );
  const added = [...chosen].flatMap(([field, column]) => (column ? [[field, column] as const] : []));
  return {
    columns: Object.fromEntries([...kept, ...added]),
    values: { ...before?.values, ...(values as Mapping['values']) },
  };
}

/** By its heading, else by its letters. */
function columnNamed(layout: Layout, wanted: string): Heading | 'AMBIGUOUS' | undefined {
  const byHeading = layout.headings.filter(({ heading }) => heading === wanted);
  if (byHeading.length > 1) return 'AMBIGUOUS';
  return byHeading[0] ?? layout.headings.find(({ letter }) => letter === wanted.toUpperCase());
}

const MOST_WORDS = 500;
const isWords = (words: unknown): words is Record<string, string> =>
  typeof words === 'object' &&
  words !== null &&
  !Array.isArray(words) &&
  Object.keys(words).length <= MOST_WORDS &&
  Object.entries(words).every(
    ([word, meant]) => word.length <= 200 && typeof meant === 'string' && meant.length <= 200,
  );

/** What was chosen; the words of the file stay out of the audit trail. */
const summaryOf = ({ sheet, headerRow, encoding, separator, columns, values }: ChangeMappingDto): object => ({
  sheet: sheet === undefined ? undefined : 'chosen',
  headerRow,
  encoding,
  separator,
  columns: columns === undefined ? undefined : Object.keys(columns),
  values: values === undefined ? undefined : Object.keys(values),
});
