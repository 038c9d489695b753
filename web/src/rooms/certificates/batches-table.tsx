import { Progress } from 'antd';
import type { ReactNode } from 'react';
import { api, body, type View } from '../../shared/api/client';
import { DateText } from '../../shared/components/date-text';
import { StatusOf } from '../../shared/components/status';
import { useTexts, useWord, words } from '../../shared/i18n/dictionary';
import { dateTimeText } from '../../shared/lib/dates';
import { DataTable } from '../../shared/table/data-table';
import { BATCH_STATE_WORDS, NUMBER_MODE_WORDS, texts } from './texts';

type Batch = View<'BatchView'>;

/** Every batch with its counts. */
export function BatchesTable(): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  return (
    <DataTable<Batch>
      id="batches"
      name={t.batches}
      urlPrefix="batch."
      queryKey={['certificates', 'batches']}
      refreshMs={5000}
      load={async ({ limit, cursor, filters }, signal) =>
        body(
          api.GET('/api/v1/certificate-batches', {
            params: { query: { limit, ...(cursor === undefined ? {} : { cursor }), ...filters } },
            signal,
          }),
        )
      }
      rowKey={({ id }) => id}
      rowName={({ createdAt }) => dateTimeText(createdAt)}
      openPath={({ id }) => `/certificate-batches/${id}`}
      filters={[
        {
          key: 'status',
          label: t.batchStatus,
          kind: 'select',
          options: Object.entries(BATCH_STATE_WORDS).map(([value, [, pair]]) => ({ value, label: word(pair) })),
        },
      ]}
      columns={[
        {
          key: 'created',
          title: t.created,
          render: ({ createdAt }) => <DateText value={createdAt} />,
          text: ({ createdAt }) => dateTimeText(createdAt),
          card: 'title',
        },
        {
          key: 'status',
          title: t.batchStatus,
          render: ({ status }) => <StatusOf value={status} of={BATCH_STATE_WORDS} />,
          text: ({ status }) => status,
          card: 'badge',
        },
        {
          key: 'mode',
          title: t.mode,
          render: ({ numberMode }) => word(NUMBER_MODE_WORDS[numberMode] ?? words('', '')),
          text: ({ numberMode }) => numberMode,
        },
        {
          key: 'validity',
          title: t.validity,
          render: ({ validFrom, validTo }) => `${validFrom} – ${validTo}`,
          text: ({ validFrom, validTo }) => `${validFrom} – ${validTo}`,
        },
        {
          key: 'percent',
          title: t.counts.issued,
          width: 220,
          render: ({ percent, counts }) => (
            <Progress
              percent={percent}
              size="small"
              aria-label={`${counts.issued} / ${counts.total}`}
              format={() => `${counts.issued} / ${counts.total}`}
            />
          ),
          text: ({ counts }) => counts.issued,
        },
        {
          key: 'refused',
          title: t.counts.refused,
          align: 'right',
          render: ({ counts }) => counts.refused,
          text: ({ counts }) => counts.refused,
        },
      ]}
      empty={{ title: t.noBatches }}
    />
  );
}
