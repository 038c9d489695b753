import { Injectable } from '@nestjs/common';
import type {
  ImportContext,
  ImportDefinition,
  ImportRow,
  ImportValues,
  RevertRow,
  RowOutcome,
  RowProblem,
} from '../../kernel/import-definition.js';
import { Importable } from '../../infrastructure/discovery/marks.js';
import { EXISTING_COLUMNS, plain, readType } from './card-columns.js';
import { EnterExisting } from './enter-existing.js';
import { ExistingReader, isNew } from './existing-reader.js';
import { failed, isError } from './row-problems.js';
import { WithdrawCertificates } from './withdraw-certificates.js';

/** 已持证件: what an authority holds already on the day it takes the system up (BR-141). */
@Importable()
@Injectable()
export class ExistingCertificatesImport implements ImportDefinition {
  readonly kind = 'EXISTING_CERTIFICATES';
  readonly version = 1;
  readonly permission = 'import.certificates';
  readonly parameters = [];
  readonly columns = EXISTING_COLUMNS;
  readonly title = '已持证件';

  constructor(
    private readonly reader: ExistingReader,
    private readonly enter: EnterExisting,
    private readonly withdraw: WithdrawCertificates,
  ) {}

  naturalKey(values: ImportValues): string | null {
    const number = plain(values['number'] ?? '');
    return number === '' ? null : `${readType(values['type'] ?? '') ?? ''}|${number}`;
  }

  async checkParameters(): Promise<void> {
    // There are none: the scope is the actor's.
  }

  async examine(
    { actor }: ImportContext,
    rows: readonly ImportRow[],
  ): Promise<ReadonlyMap<number, readonly RowProblem[]>> {
    const reading = await this.reader.read(actor, rows, false);
    return new Map(reading.rows.map(({ rowNumber, problems }) => [rowNumber, problems]));
  }

  async apply(context: ImportContext, rows: readonly ImportRow[]): Promise<readonly RowOutcome[]> {
    const reading = await this.reader.read(context.actor, rows, true);
    const entered = await this.enter.execute(context, reading, reading.rows.filter(isNew));
    return reading.rows.map((row): RowOutcome => {
      const { rowNumber, problems } = row;
      const targetId = entered.get(rowNumber);
      if (targetId) return { rowNumber, state: 'CREATED', targetId, problems };
      if (row.isKnown && !problems.some(isError)) return { rowNumber, state: 'UNCHANGED', targetId: null, problems };
      return failed(rowNumber, problems);
    });
  }

  revert(
    context: ImportContext,
    rows: readonly RevertRow[],
    dryRun: boolean,
  ): Promise<ReadonlyMap<number, readonly RowProblem[]>> {
    return this.withdraw.execute(context, rows, dryRun);
  }
}
