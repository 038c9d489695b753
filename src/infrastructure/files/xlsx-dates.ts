/** Which number formats mean a date, and what a serial number then means. */

const BUILTIN_DATES: readonly (readonly [number, number])[] = [
  [14, 22],
  // Written by Chinese, Japanese and Korean Excel.
  [27, 36],
  [45, 47],
  [50, 58],
];
const MS_PER_DAY = 86_400_000;
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);
/** 9999-12-31 in the 1900 system. */
const LAST_SERIAL = 2_958_465;
const DAYS_BETWEEN_SYSTEMS = 1462;

export function isDateFormat(formatId: number, customFormats: ReadonlyMap<number, string>): boolean {
  const custom = customFormats.get(formatId);
  if (custom !== undefined) return isDatePattern(custom);
  return BUILTIN_DATES.some(([from, to]) => formatId >= from && formatId <= to);
}

function isDatePattern(pattern: string): boolean {
  const letters = pattern
    .slice(0, 255)
    .replace(/"[^"]*"?/g, '')
    .replace(/[\\_*]./g, '')
    .replace(/\[(?!(?:h+|m+|s+)\])[^\]]*\]?/gi, '')
    .split(';')[0]!;
  return !/general|[#?]|0[.,]|E[+-]/i.test(letters.replace(/ss?\.0+/gi, 's')) && /[ymdhs]/i.test(letters);
}

/**
 * ISO text, or null for a number no calendar has. The 1900 system counts a 29 February 1900 that never was; serial 60
 * is that day, so it has no date.
 */
export function serialToIso(serial: number, date1904: boolean): string | null {
  const last = date1904 ? LAST_SERIAL - DAYS_BETWEEN_SYSTEMS : LAST_SERIAL;
  if (!Number.isFinite(serial) || serial < 0 || serial >= last + 1) return null;
  const seconds = Math.round((serial % 1) * 86_400);
  const day = Math.floor(serial) + (seconds === 86_400 ? 1 : 0);
  const clock = seconds % 86_400;
  if (!date1904 && day === 60) return null;
  if (day === 0 && !date1904) return timeText(clock);

  const shift = !date1904 && day < 60 ? 1 : 0;
  const date = new Date((date1904 ? EPOCH_1904 : EPOCH_1900) + (day + shift) * MS_PER_DAY).toISOString().slice(0, 10);
  return clock === 0 ? date : `${date} ${timeText(clock)}`;
}

function timeText(clock: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(clock / 3600))}:${two(Math.floor(clock / 60) % 60)}:${two(clock % 60)}`;
}

/**
 * Excel stores 85.1 as 85.099999999999994: the shortest decimal that means the same stored value is what its user
 * typed. Up to 15 digits the file's own writing is exact and stays as it is.
 */
export function shortestDecimal(raw: string): string | null {
  const trimmed = raw.trim();
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(trimmed)) return null;
  const value = Number(trimmed);
  if (!Number.isFinite(value)) return null;
  const plain = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(trimmed);
  if (plain && trimmed.replace(/[-.]/g, '').replace(/^0+/, '').length <= 15 && value !== 0) return trimmed;
  return String(value === 0 ? 0 : value);
}
