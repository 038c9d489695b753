import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import type { ImportRow, RowProblem } from '../../kernel/import-definition.js';
import { Db, marks } from '../../infrastructure/database/db.js';
import { Settings } from '../../infrastructure/settings/settings.js';
import { OfficerDirectory, type KnownOfficer } from '../../officers/index.js';
import { isLegalDate } from '../../rules/calendar.js';
import {
  decideNumber,
  normaliseCertificateNumber,
  validityOf,
  type NumberSettings,
} from '../../rules/certificate.rules.js';
import type { CertificateType } from '../../rules/duty-facts.js';
import { inParts } from '../collections.js';
import { readType } from './card-columns.js';
import { error, problemOf } from './row-problems.js';

export interface LedgerEntry {
  readonly officerId: string | null;
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

/** A row about a card, read against the register: who it names, and what the ledger knows of its number. */
export interface CardRow {
  readonly rowNumber: number;
  readonly officer: KnownOfficer | null;
  readonly type: CertificateType | null;
  readonly number: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly ledger: LedgerEntry | null;
  readonly problems: RowProblem[];
}

/** What can be written into the ledger at all (its CHECK). */
const LEDGER_FORM = /^[0-9A-Z-]{1,40}$/;

/** What the two kinds of import have in common: person, type, number, validity. */
@Injectable()
export class CardRows {
  constructor(
    private readonly db: Db,
    private readonly settings: Settings,
    private readonly directory: OfficerDirectory,
  ) {}

  /** `historic`: an old card keeps its number, whatever its form. */
  async read(actor: Actor, rows: readonly ImportRow[], today: string, historic: boolean): Promise<CardRow[]> {
    const officers = await this.directory.byIdNumbers(
      actor,
      rows.map(({ values }) => values['idNumber'] ?? '').filter((idNumber) => idNumber !== ''),
    );
    const numbers = rows.map(({ values }) => numberIn(values['number'] ?? ''));
    const ledger = await this.ledger(numbers);
    const settings = await this.numberSettings(today);
    return rows.map(({ rowNumber, values }, place) => {
      const officer = officers.get(values['idNumber'] ?? '') ?? null;
      const type = readType(values['type'] ?? '');
      const number = numbers[place] ?? '';
      const row: CardRow = {
        rowNumber,
        officer,
        type,
        number,
        validFrom: values['validFrom'] ?? '',
        validTo: values['validTo'] ?? '',
        ledger: type === null ? null : (ledger.get(`${type}:${number}`) ?? null),
        problems: [],
      };
      judgePerson(row, values['name'] ?? '');
      if (type === null && values['type'] !== '')
        row.problems.push(
          error('type', 'CERTIFICATE_TYPE_UNKNOWN', '证件类型请填：行政执法证、行政执法监督证或部颁证件。'),
        );
      judgeNumber(row, settings, historic);
      judgeDates(row);
      return row;
    });
  }

  private async ledger(numbers: readonly string[]): Promise<ReadonlyMap<string, LedgerEntry>> {
    interface Row {
      type: string;
      number: string;
      officer_id: string | null;
      valid_from: string | null;
      valid_to: string | null;
    }
    const rows = await inParts(numbers, (part) =>
      this.db.rows<Row>(
        `SELECT n.type, n.number, c.officer_id, c.valid_from, c.valid_to
       FROM certificate_numbers n LEFT JOIN certificates c ON c.id = n.certificate_id
       WHERE n.number IN (${marks(part)}) AND n.type IN ('ENFORCEMENT','SUPERVISION','MINISTRY')`,
        part,
      ),
    );
    return new Map(
      rows.map((row) => [
        `${row.type}:${row.number}`,
        { officerId: row.officer_id, validFrom: row.valid_from, validTo: row.valid_to },
      ]),
    );
  }

  private async numberSettings(today: string): Promise<NumberSettings> {
    const values = await this.settings.on(today, ['cert.noPattern', 'cert.provinceOrdinal']);
    return {
      pattern: String(values.get('cert.noPattern')),
      provinceOrdinal: String(values.get('cert.provinceOrdinal')),
    };
  }
}

const numberIn = (text: string): string => normaliseCertificateNumber(text).toUpperCase();

function judgePerson({ officer, problems }: CardRow, name: string): void {
  if (!officer) {
    problems.push(error('idNumber', 'OFFICER_UNKNOWN', '在您的管辖范围内没有登记此人。请先登记人员，或核对身份证号。'));
  } else if (name !== '' && name !== officer.name) {
    problems.push(error('name', 'NAME_MISMATCH', '姓名与登记的不一致。请核对姓名与身份证号。'));
  }
}

function judgeNumber({ number, problems }: CardRow, settings: NumberSettings, historic: boolean): void {
  if (number === '') return;
  if (!LEDGER_FORM.test(number)) {
    problems.push(
      error('number', 'NUMBER_MALFORMED', '证号只能由数字、大写字母和短横组成，最多 40 位。请与证件核对。'),
    );
    return;
  }
  // Whether it is taken is judged where it is known by whom.
  const { verdict, warnings } = decideNumber(number, false, settings);
  const level = historic ? 'WARNING' : 'ERROR';
  problems.push(...verdict.reasons.map((reason) => problemOf(reason, 'number', level)));
  problems.push(...warnings.map((reason) => problemOf(reason, 'number', 'WARNING')));
}

function judgeDates({ validFrom, validTo, problems }: CardRow): void {
  if (!isLegalDate(validFrom) || !isLegalDate(validTo)) return;
  const check = validityOf(validFrom, validTo, 0);
  if (!check.ok) problems.push(problemOf({ code: check.code, facts: check.facts }, 'validTo'));
}
