/** Dates and times of the law are those of China (+08:00), wherever the browser stands. */
const ZONE = 'Asia/Shanghai';

const parts = new Intl.DateTimeFormat('en-CA', {
  timeZone: ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

function split(instant: string | number | Date): { date: string; time: string } | null {
  const value = new Date(instant);
  if (Number.isNaN(value.getTime())) return null;
  const found = Object.fromEntries(parts.formatToParts(value).map(({ type, value: text }) => [type, text]));
  return {
    date: `${found['year']}-${found['month']}-${found['day']}`,
    time: `${found['hour']}:${found['minute']}:${found['second']}`,
  };
}

/** 2026-06-01, of an instant or of a date that is one already. */
export const dateText = (instant: string | number | Date): string =>
  typeof instant === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(instant) ? instant : (split(instant)?.date ?? '–');

/** 2026-06-01 09:30 */
export function dateTimeText(instant: string | number | Date): string {
  const found = split(instant);
  return found ? `${found.date} ${found.time.slice(0, 5)}` : '–';
}

/** 09:30:07 */
export const timeText = (instant: string | number | Date): string => split(instant)?.time ?? '–';

export const today = (): string => dateText(Date.now());

/** The instant of a date and a time of day in China, for the server: 2026-06-01T09:30:00+08:00 */
export const instantOf = (date: string, time = '00:00'): string => `${date}T${time}:00+08:00`;

/** Whole days from today until this date; negative when it is over. */
export const daysUntil = (date: string): number =>
  Math.round((Date.parse(`${dateText(date)}T00:00:00Z`) - Date.parse(`${today()}T00:00:00Z`)) / 86_400_000);

/** The date so many days after (before) another one. */
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
