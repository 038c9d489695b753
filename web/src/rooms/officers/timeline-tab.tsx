import type { ReactNode } from 'react';
import type { View } from '../../shared/api/client';
import { DateText } from '../../shared/components/date-text';
import { Timeline, type TimelineEntry } from '../../shared/components/timeline';
import { useTexts, useWord, words } from '../../shared/i18n/dictionary';
import { LEAVE_CAUSE_WORDS, OFF_POST_CAUSE_WORDS, texts } from './texts';

/** What happened in service, the newest first, each with its legal time and the time it was recorded. */
export function TimelineTab({ officer }: { officer: View<'OfficerView'> }): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const recorded = (at: string): ReactNode => (
    <>
      {t.recorded} <DateText value={at} />
    </>
  );
  const entries: TimelineEntry[] = [
    { key: 'created', at: officer.createdAt, title: t.created, kind: 'pending' },
    ...officer.assignments.map(({ id, subject, postTitle, effectiveFrom, effectiveTo, recordedAt }): TimelineEntry => ({
      key: id,
      at: effectiveFrom,
      title: t.assignment(subject.name, postTitle),
      by: recorded(recordedAt),
      kind: effectiveTo === null ? 'ok' : 'over',
      current: effectiveTo === null,
      ...(effectiveTo === null ? {} : { detail: <DateText value={effectiveTo} /> }),
    })),
    ...officer.offPostOrders.flatMap(
      ({ id, cause, document, returnDocument, effectiveFrom, effectiveTo, recordedAt }) => {
        const went: TimelineEntry = {
          key: id,
          at: effectiveFrom,
          title: t.wentOff(word(OFF_POST_CAUSE_WORDS[cause] ?? words(cause, cause))),
          by: recorded(recordedAt),
          kind: 'limited',
          ...(document === null ? {} : { detail: document }),
        };
        const back: TimelineEntry[] =
          effectiveTo === null
            ? []
            : [
                {
                  key: `${id} back`,
                  at: effectiveTo,
                  title: t.cameBack,
                  kind: 'ok',
                  detail: returnDocument ?? undefined,
                },
              ];
        return [went, ...back];
      },
    ),
    ...(officer.departure === null
      ? []
      : [
          {
            key: 'left',
            at: officer.departure.effectiveFrom,
            title: t.left(word(LEAVE_CAUSE_WORDS[officer.departure.cause] ?? words('', ''))),
            by: recorded(officer.departure.recordedAt),
            kind: 'stop' as const,
          },
        ]),
  ];
  return <Timeline entries={entries.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))} />;
}
