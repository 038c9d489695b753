import type { Bodies } from './bodies.js';
import { dayOf } from './days.js';
import type { Difference, Report } from './differences.js';
import type { Dossier } from './dossier.js';
import { checkDigit } from './law.js';
import type { Life } from './life.js';
import type { SettingHistory } from './settings.js';
import type { Source } from './source.js';

interface Segment {
  readonly kind: string;
  readonly value?: string;
  readonly width?: number;
  readonly codes?: Readonly<Record<string, string>>;
  readonly digits?: number;
  readonly start?: number;
  readonly restartBy?: readonly string[];
}

/** What a number says when it is read with a scheme. */
interface Reading {
  readonly serial: number;
  readonly parts: Readonly<Record<string, string>>;
  readonly checkHolds: boolean;
}

const PLACES: Readonly<Record<string, readonly [number, number]>> = { PROVINCE: [0, 2], CITY: [2, 4], COUNTY: [4, 6] };
const PARTS = ['PROVINCE', 'CITY', 'COUNTY', 'DEPARTMENT', 'TYPE', 'YEAR'];

/** Reads a number from left to right; null when it is none of this scheme. */
export function readNumber(scheme: readonly Segment[], number: string, type: string): Reading | null {
  const parts: Record<string, string> = {};
  let [at, serial, checkHolds] = [0, -1, true];
  for (const segment of scheme) {
    const width =
      segment.kind === 'CONST'
        ? (segment.value ?? '').length
        : segment.kind === 'TYPE'
          ? (segment.codes?.[type] ?? '').length
          : segment.kind === 'CHECK'
            ? 1
            : (segment.digits ?? segment.width ?? 0);
    const text = number.slice(at, at + width);
    if (text.length !== width || width === 0) return null;
    if (segment.kind === 'CONST' && text !== segment.value) return null;
    if (segment.kind === 'TYPE' && text !== segment.codes?.[type]) return null;
    if (segment.kind === 'CHECK') checkHolds = checkDigit(number.slice(0, at)) === text;
    if (segment.kind === 'SERIAL') {
      if (!/^\d+$/.test(text)) return null;
      serial = Number(text);
      if (serial < (segment.start ?? 0)) return null;
    }
    parts[segment.kind] = text;
    at += width;
  }
  return at === number.length && serial >= 0 ? { serial, parts, checkHolds } : null;
}

const isScheme = (value: unknown): value is readonly Segment[] => Array.isArray(value) && value.length > 0;

/** The counter that a number was taken from; null when neither the number nor what is known beside it says so. */
function counterOf(
  scheme: readonly Segment[],
  { parts }: Reading,
  known: { readonly type: string; readonly division: string; readonly day: string | null },
): string | null {
  const restartBy = scheme.find(({ kind }) => kind === 'SERIAL')?.restartBy ?? [];
  const named: string[] = [];
  for (const part of PARTS.filter((one) => restartBy.includes(one))) {
    const [from, to] = PLACES[part] ?? [0, 0];
    const year = known.day?.slice(0, 4) ?? (parts['YEAR'] ? `20${parts['YEAR']}`.slice(-4) : null);
    const value =
      part === 'TYPE'
        ? known.type
        : part === 'YEAR'
          ? year
          : (parts[part] ?? (known.division === '' ? null : known.division.slice(from, to)));
    if (value === null) return null;
    named.push(`${part}=${value}`);
  }
  return named.length === 0 ? 'ALL' : named.join(';');
}

/** BR-60: form, scheme, check digit, origin and the row of the ledger. */
export class NumberJudge {
  private readonly patterns = new Map<string, RegExp>();

  private constructor(
    private readonly settings: SettingHistory,
    private readonly bodies: Bodies,
    private readonly counters: ReadonlyMap<string, number>,
  ) {}

  static async read(source: Source, settings: SettingHistory, bodies: Bodies): Promise<NumberJudge> {
    const counters = await source.rows<{ counter_key: string; next_serial: string | number }>(
      'SELECT counter_key, next_serial FROM certificate_number_counters',
    );
    return new NumberJudge(
      settings,
      bodies,
      new Map(counters.map(({ counter_key, next_serial }) => [counter_key, Number(next_serial)])),
    );
  }

  judge({ card }: Dossier, life: Life, report: Report): void {
    this.judgeLedger(card, life, report);
    if (card.origin === 'LEGACY') return;
    const day = dayOf(card.batch_created_at ?? card.recorded_at);
    const pattern = this.settings.value('cert.noPattern', day, card.recorded_at);
    if (typeof pattern === 'string' && !this.matcher(pattern).test(card.number)) report('NUMBER_PATTERN', { pattern });
    if (card.batch_mode !== card.origin) report('NUMBER_ORIGIN', { origin: card.origin, mode: card.batch_mode });
    if (card.origin === 'ALLOCATED') this.judgeScheme(card, day, report);
  }

  private matcher(pattern: string): RegExp {
    const known = this.patterns.get(pattern) ?? new RegExp(`^(?:${pattern})$`, 'u');
    this.patterns.set(pattern, known);
    return known;
  }

  private judgeLedger(card: Dossier['card'], life: Life, report: Report): void {
    if (card.ledger_state === null) return report('LEDGER_MISSING');
    const wanted = life.activatedAt !== null ? 'ISSUED' : life.state === 'RESERVED' ? 'RESERVED' : 'VOID';
    const differs = (field: string, value: string | null): void => report('LEDGER_DIFFERS', { field, value });
    if (card.ledger_state !== wanted) differs('state', card.ledger_state);
    if (card.ledger_certificate_id !== card.id) differs('certificateId', card.ledger_certificate_id);
    if (card.ledger_origin !== card.origin)
      report('NUMBER_ORIGIN', { origin: card.origin, ledger: card.ledger_origin });
  }

  private judgeScheme(card: Dossier['card'], day: string, report: Report): void {
    if (card.type === 'MINISTRY' || card.import_id !== null) report('NUMBER_ORIGIN', { origin: card.origin });
    const scheme = this.settings.value('cert.numberScheme', day, card.recorded_at);
    if (!isScheme(scheme)) return report('NUMBER_SCHEME', { day });
    const reading = readNumber(scheme, card.number, card.type);
    const division = this.bodies.divisionOf(card.subject_id);
    if (!reading) return report('NUMBER_SCHEME', { day });
    if (!reading.checkHolds) report('NUMBER_CHECK_DIGIT');
    for (const [part, [from, to]] of Object.entries(PLACES)) {
      const text = reading.parts[part];
      if (text !== undefined && text !== division.slice(from, to)) report('NUMBER_SCHEME', { part });
    }
    const year = reading.parts['YEAR'];
    if (year !== undefined && !day.slice(0, 4).endsWith(year)) report('NUMBER_SCHEME', { part: 'YEAR' });
    const counter = counterOf(scheme, reading, { type: card.type, division, day });
    const next = counter === null ? undefined : this.counters.get(counter);
    if (next === undefined || reading.serial >= next)
      report('NUMBER_BEYOND_COUNTER', { counter, serial: reading.serial, next: next ?? null });
  }

  /** The ledger from its first row to its last: every number leads somewhere, and every serial that was taken is in it. */
  async judgeAll(source: Source, report: (difference: Omit<Difference, 'certificateId'>) => void): Promise<number> {
    const schemes = this.settings.everyValue('cert.numberScheme').filter(isScheme);
    const seen = new Map([...this.counters].map(([key, next]) => [key, new Uint8Array(Math.ceil(next / 8) + 1)]));
    let [type, number, count] = ['', '', 0];
    for (;;) {
      const rows = await source.rows<LedgerRow>(LEDGER, [type, type, number]);
      for (const row of rows) {
        this.judgeRow(row, report);
        this.mark(row, schemes, seen);
      }
      count += rows.length;
      const last = rows.at(-1);
      if (!last) break;
      [type, number] = [last.type, last.number];
    }
    for (const [counter, next] of this.counters) {
      for (const [from, to] of gapsIn(seen.get(counter) ?? new Uint8Array(), firstOf(schemes), next))
        report({ code: 'NUMBER_GAP', certificateNo: null, detail: { counter, from, to } });
    }
    return count;
  }

  private judgeRow(row: LedgerRow, report: (difference: Omit<Difference, 'certificateId'>) => void): void {
    const { type, number: certificateNo } = row;
    if (row.state === 'VOID' && !row.reason) report({ code: 'LEDGER_UNEXPLAINED', certificateNo, detail: { type } });
    if (row.state !== 'VOID' && row.holder === null) report({ code: 'LEDGER_ORPHAN', certificateNo, detail: { type } });
    if (row.holder !== null && (row.holder_number !== certificateNo || row.holder_type !== type))
      report({ code: 'LEDGER_DIFFERS', certificateNo, detail: { field: 'number', value: row.holder_number } });
  }

  private mark(row: LedgerRow, schemes: readonly (readonly Segment[])[], seen: Map<string, Uint8Array>): void {
    for (const scheme of schemes) {
      const reading = readNumber(scheme, row.number, row.type);
      if (!reading) continue;
      const day = row.batch_created_at === null ? null : dayOf(row.batch_created_at);
      const counter = counterOf(scheme, reading, { type: row.type, division: row.division_code ?? '', day });
      const bits = counter === null ? undefined : seen.get(counter);
      const place = reading.serial >> 3;
      if (bits && place < bits.length) bits[place] = (bits[place] ?? 0) | (1 << (reading.serial & 7));
    }
  }
}

interface LedgerRow {
  readonly type: string;
  readonly number: string;
  readonly state: string;
  readonly reason: string | null;
  readonly holder: string | null;
  readonly holder_number: string | null;
  readonly holder_type: string | null;
  readonly division_code: string | null;
  readonly batch_created_at: string | null;
}

const LEDGER = `SELECT n.type, n.number, n.state, n.reason, c.id AS holder, c.number AS holder_number, c.type AS holder_type,
   s.division_code, b.created_at AS batch_created_at
 FROM certificate_numbers n LEFT JOIN certificates c ON c.id = n.certificate_id
 LEFT JOIN subjects s ON s.id = c.subject_id LEFT JOIN certificate_batches b ON b.id = c.batch_id
 WHERE n.type > ? OR (n.type = ? AND n.number > ?) ORDER BY n.type, n.number LIMIT 5000`;

const firstOf = (schemes: readonly (readonly Segment[])[]): number =>
  Math.min(...schemes.map((scheme) => scheme.find(({ kind }) => kind === 'SERIAL')?.start ?? 0));

/** Runs of serials that no row of the ledger has. */
function* gapsIn(bits: Uint8Array, first: number, next: number): Generator<readonly [number, number]> {
  let from: number | null = null;
  for (let serial = Number.isFinite(first) ? first : next; serial <= next; serial++) {
    const isThere = serial === next || ((bits[serial >> 3] ?? 0) & (1 << (serial & 7))) !== 0;
    if (!isThere) from ??= serial;
    else if (from !== null) {
      yield [from, serial - 1];
      from = null;
    }
  }
}
