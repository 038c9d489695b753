import type { ReactNode } from 'react';
import { dateText, dateTimeText } from '../lib/dates';

/** An instant or a date in the time of China, whatever the browser's; the whole instant on focus and for machines. */
export function DateText({ value, time = true }: { value: string | null | undefined; time?: boolean }): ReactNode {
  if (value === null || value === undefined || value === '') return <span className="none">–</span>;
  const plain = /^\d{4}-\d{2}-\d{2}$/.test(value);
  return (
    <time dateTime={value} className="date" title={plain ? undefined : `${dateTimeText(value)} +08:00`}>
      {time && !plain ? dateTimeText(value) : dateText(value)}
    </time>
  );
}
