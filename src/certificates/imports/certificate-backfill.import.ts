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
import { BackfillReader, isSound } from './backfill-reader.js';
import { BACKFILL_COLUMNS, readType } from './card-columns.js';
import { EnterBackfill } from './enter-backfill.js';
import { failed } from './row-problems.js';
import { WithdrawCertificates } from './withdraw-certificates.js';

/** 证件回填: the numbers that came back from the province (domain.md 11.4, BR-141). */
@Importable()
@Injectable()
export class CertificateBackfillImport implements ImportDefinition {
  readonly kind = 'CERTIFICATE_BACKFILL';
  readonly version = 1;
  readonly permission = 'import.certificates';
  readonly parameters = [];
  readonly columns = BACKFILL_COLUMNS;
  readonly title = '证件回填';

  constructor(
    private readonly reader: BackfillReader,
    private readonly enter: EnterBackfill,
    private readonly withdraw: WithdrawCertificates,
  ) {}

  naturalKey(values: ImportValues): string | null {
    const idNumber = values['idNumber'] ?? '';
    return idNumber === '' ? null : `${idNumber}|${readType(values['type'] ?? '') ?? ''}`;
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
    const sound = reading.rows.filter(isSound);
    const entered = await this.enter.execute(context, reading, sound);
    return reading.rows.map(({ rowNumber, problems }): RowOutcome => {
      const targetId = entered.get(rowNumber);
      return targetId ? { rowNumber, state: 'CREATED', targetId, problems } : failed(rowNumber, problems);
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
