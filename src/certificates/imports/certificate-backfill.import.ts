import { Injectable } from '@nestjs/common';
import type {
  Consequence,
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
} from '../../kernel/import-definition.js';
import { OfficerRepairs } from '../../officers/index.js';
import { Importable } from '../../infrastructure/discovery/marks.js';
import { BackfillReader, isSound } from './backfill-reader.js';
import { CardConsequencesQueries } from './card-consequences.queries.js';
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
  readonly effects = {
    CERTIFICATE_ISSUED: { zh: '发出证件，取得执法资格', en: 'a certificate becomes valid' },
    EARLIER_CERTIFICATE_REPLACED: { zh: '原证件由新证件接替', en: 'replaces an earlier certificate' },
  };

  constructor(
    private readonly reader: BackfillReader,
    private readonly enter: EnterBackfill,
    private readonly withdraw: WithdrawCertificates,
    private readonly people: OfficerRepairs,
    private readonly follows: CardConsequencesQueries,
  ) {}

  naturalKey(values: ImportValues): string | null {
    const idNumber = values['idNumber'] ?? '';
    return idNumber === '' ? null : `${idNumber}|${readType(values['type'] ?? '') ?? ''}`;
  }

  async checkParameters(): Promise<void> {
    // There are none: the scope is the actor's.
  }

  async examine({ actor }: ImportContext, rows: readonly ImportRow[]): Promise<Examination> {
    const reading = await this.reader.read(actor, rows, false);
    return {
      problems: new Map(reading.rows.map(({ rowNumber, problems }) => [rowNumber, problems])),
      plans: new Map(
        reading.rows.filter(isSound).map(({ rowNumber, application }) => {
          const effects = [
            'CERTIFICATE_ISSUED',
            ...(application?.type === 'FIRST' ? [] : ['EARLIER_CERTIFICATE_REPLACED']),
          ];
          return [rowNumber, { state: 'CREATED', targetId: application?.id ?? null, effects }];
        }),
      ),
    };
  }

  consequences({ importId }: ImportContext): Promise<readonly Consequence[]> {
    return this.follows.ofBackfill(importId);
  }

  repairs({ actor }: ImportContext, row: DamagedRow): Promise<readonly RepairOffer[]> {
    return this.people.forIdNumber(actor, row);
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
  ): Promise<ReadonlyMap<number, readonly RevertLock[]>> {
    return this.withdraw.execute(context, rows, dryRun);
  }
}
