import { HourglassOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTexts } from '../../../shared/i18n/dictionary';
import { daysUntil } from '../../../shared/lib/dates';
import { texts } from '../texts';

const DAY = 86_400_000;
const SOON = 90;
const RUNNING = ['SIGNED', 'PUBLISHED', 'EFFECTIVE', 'SUSPENDED'];

/** How much of a term is over: a bar, the dates, and the days left where they are few. */
export function PeriodStrip({ from, to, state }: { from: string; to: string; state: string }): ReactNode {
  const t = useTexts(texts);
  const left = daysUntil(to);
  const all = Math.max(1, (Date.parse(to) - Date.parse(from)) / DAY);
  const part = Math.min(1, Math.max(0, (all - left) / all));
  const runs = RUNNING.includes(state) && left >= 0;
  const soon = runs && left <= SOON;
  return (
    <span className="period-strip">
      <span className="strip-words">
        <span className="code">{`${from} – ${to}`}</span>
        {soon && (
          <span className="soon">
            <HourglassOutlined aria-hidden /> {t.delegation.daysLeft(left)}
          </span>
        )}
      </span>
      <span className={`strip-bar ${runs ? (soon ? 'soon' : '') : 'over'}`} aria-hidden="true">
        <span style={{ width: `${Math.round(part * 100)}%` }} />
      </span>
    </span>
  );
}
