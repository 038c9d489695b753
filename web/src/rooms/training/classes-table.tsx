import type { ReactNode } from 'react';
import { api, body, type View } from '../../shared/api/client';
import { StatusOf } from '../../shared/components/status';
import { useTexts, useWord } from '../../shared/i18n/dictionary';
import { DataTable } from '../../shared/table/data-table';
import { CLASS_STATE_WORDS, texts } from './texts';

type TrainingClass = View<'TrainingClassView'>;

/** Classes of all plans, or of one. */
export function ClassesTable({ planId, toolbar }: { planId?: string; toolbar?: ReactNode }): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const period = ({ startsOn, endsOn }: TrainingClass): string =>
    startsOn === endsOn ? startsOn : `${startsOn} – ${endsOn}`;
  return (
    <DataTable<TrainingClass>
      id="training-classes"
      name={t.classes}
      urlPrefix="class."
      queryKey={['training', 'classes']}
      {...(planId === undefined ? {} : { fixed: { planId } })}
      toolbar={toolbar}
      load={async ({ limit, cursor, filters }, signal) =>
        body(
          api.GET('/api/v1/training-classes', {
            params: { query: { limit, ...(cursor === undefined ? {} : { cursor }), ...filters } },
            signal,
          }),
        )
      }
      rowKey={({ id }) => id}
      rowName={({ title }) => title}
      openPath={({ id }) => `/training/classes/${id}`}
      filters={[
        {
          key: 'status',
          label: t.status,
          kind: 'select',
          options: Object.entries(CLASS_STATE_WORDS).map(([value, [, pair]]) => ({ value, label: word(pair) })),
        },
      ]}
      columns={[
        { key: 'title', title: t.title, render: ({ title }) => title, text: ({ title }) => title, card: 'title' },
        {
          key: 'status',
          title: t.status,
          render: ({ status }) => <StatusOf value={status} of={CLASS_STATE_WORDS} />,
          text: ({ status }) => word(CLASS_STATE_WORDS[status][1]),
          card: 'badge',
        },
        { key: 'period', title: t.period, render: period, text: period },
        { key: 'place', title: t.place, render: ({ place }) => place, text: ({ place }) => place },
        {
          key: 'enrolled',
          title: t.enrolled,
          align: 'right',
          render: ({ enrolled, capacity }) => (capacity === null ? enrolled : `${enrolled} / ${capacity}`),
          text: ({ enrolled }) => enrolled,
        },
        { key: 'hours', title: t.hours, align: 'right', render: ({ hours }) => hours, text: ({ hours }) => hours },
      ]}
      empty={{ title: t.noClasses }}
    />
  );
}
