import { Timeline as AntTimeline } from 'antd';
import type { ReactNode } from 'react';
import { DateText } from './date-text';
import type { StatusKind } from './status';

const COLOURS: Readonly<Record<StatusKind, string>> = {
  ok: '#237804',
  soon: '#8a5a00',
  limited: '#ad4e00',
  stop: '#b3261e',
  pending: '#1d5fae',
  unknown: '#5a6472',
  draft: '#5a6472',
  over: '#5a6472',
  void: '#5a6472',
};

export interface TimelineEntry {
  readonly key: string;
  readonly at: string;
  readonly title: ReactNode;
  /** Who did it, in which role. */
  readonly by?: ReactNode;
  /** Opinion, document number, reasons. */
  readonly detail?: ReactNode;
  readonly kind?: StatusKind;
  readonly current?: boolean;
}

/** What happened to something, newest first as given; the present step is bold. */
export const Timeline = ({ entries }: { entries: readonly TimelineEntry[] }): ReactNode => (
  <AntTimeline
    items={entries.map(({ key, at, title, by, detail, kind, current }) => ({
      key,
      color: COLOURS[kind ?? 'pending'],
      content: (
        <div className={current ? 'timeline-entry current' : 'timeline-entry'}>
          <div>
            <span className="timeline-title">{title}</span> <DateText value={at} />
          </div>
          {by !== undefined && <div className="hint">{by}</div>}
          {detail !== undefined && <div>{detail}</div>}
        </div>
      ),
    }))}
  />
);
