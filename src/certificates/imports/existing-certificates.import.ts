import { Injectable } from '@nestjs/common';
import type {
  DamagedRow,
  Examination,
  ImportContext,
  ImportDefinition,
  ImportRow,
  ImportValues,
  RepairOffer,
  RevertLock,
  RevertRow,
  RowOutcome,
  RowPlan,
} from '../../kernel/import-definition.js';
import { OfficerRepairs } from '../../officers/index.js';
import { Importable } from '../../infrastructure/discovery/marks.js';
import { EXISTING_COLUMNS, plain, readType } from './card-columns.js';
import { EnterExisting } from './enter-existing.js';
import { ExistingReader, isNew, type ExistingRow } from './existing-reader.js';
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
  readonly effects = {
    CERTIFICATE_VALID: { zh: '登记有效证件，具备执法资格', en: 'a valid certificate is entered' },
    CERTIFICATE_EXPIRED: { zh: '登记已过有效期的证件', en: 'an expired certificate is entered' },
  };

  constructor(
    private readonly reader: ExistingReader,
    private readonly enter: EnterExisting,
    private readonly withdraw: WithdrawCertificates,
    private readonly people: OfficerRepairs,
  ) {}

  naturalKey(values: ImportValues): string | null {
    const number = plain(values['number'] ?? '');
    return number === '' ? null : `${readType(values['type'] ?? '') ?? ''}|${number}`;
  }

  async checkParameters(): Promise<void> {
    // There are none: the scope is the actor's.
  }

  async examine({ actor }: ImportContext, rows: readonly ImportRow[]): Promise<Examination> {
    const reading = await this.reader.read(actor, rows, false);
    return {
      problems: new Map(reading.rows.map(({ rowNumber, problems }) => [rowNumber, problems])),
      plans: new Map(reading.rows.flatMap((row) => planOf(row).map((plan) => [row.rowNumber, plan] as const))),
    };
  }

  repairs({ actor }: ImportContext, row: DamagedRow): Promise<readonly RepairOffer[]> {
    return this.people.forIdNumber(actor, row, 'subjectName');
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
  ): Promise<ReadonlyMap<number, readonly RevertLock[]>> {
    return this.withdraw.execute(context, rows, dryRun);
  }
}

/** Nothing for a row with an error; by the same tests as the commit. */
function planOf(row: ExistingRow): readonly RowPlan[] {
  if (isNew(row)) return [{ state: 'CREATED', effects: [row.isCurrent ? 'CERTIFICATE_VALID' : 'CERTIFICATE_EXPIRED'] }];
  return row.isKnown && !row.problems.some(isError) ? [{ state: 'UNCHANGED' }] : [];
}
