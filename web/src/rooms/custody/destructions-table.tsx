import type { ReactNode } from 'react';
import { api, body, type View } from '../../shared/api/client';
import { DateText } from '../../shared/components/date-text';
import { StatusOf } from '../../shared/components/status';
import { useTexts, useWord } from '../../shared/i18n/dictionary';
import { dateTimeText } from '../../shared/lib/dates';
import { DataTable } from '../../shared/table/data-table';
import { DESTRUCTION_WORDS } from './words';
import { texts } from './texts';

/** Destruction lists: who signed first, who second. */
export function DestructionsTable(): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  return (
    <DataTable<View<'DestructionView'>>
      id="card-destructions"
      name={t.tabs.destructions}
      queryKey={['card-destructions']}
      load={async ({ limit, cursor, filters }, signal) =>
        body(
          api.GET('/api/v1/card-destructions', {
            params: { query: { limit, ...(cursor === undefined ? {} : { cursor }), ...filters } },
            signal,
          }),
        )
      }
      rowKey={({ id }) => id}
      rowName={({ listNo }) => listNo}
      openPath={({ id }) => `/card-destructions/${id}`}
      filters={[
        {
          key: 'state',
          label: t.state,
          kind: 'select',
          options: Object.entries(DESTRUCTION_WORDS).map(([value, [, pair]]) => ({ value, label: word(pair) })),
        },
      ]}
      columns={[
        {
          key: 'listNo',
          title: t.listNo,
          render: ({ listNo }) => <span className="code">{listNo}</span>,
          text: ({ listNo }) => listNo,
          card: 'title',
        },
        {
          key: 'state',
          title: t.state,
          render: ({ state }) => <StatusOf value={state} of={DESTRUCTION_WORDS} />,
          text: ({ state }) => word(DESTRUCTION_WORDS[state][1]),
          card: 'badge',
        },
        { key: 'count', title: t.count, align: 'right', render: ({ count }) => count, text: ({ count }) => count },
        { key: 'note', title: t.how, render: ({ note }) => note, text: ({ note }) => note },
        {
          key: 'first',
          title: t.first,
          render: ({ createdBy, createdAt }) => (
            <>
              {createdBy} · <DateText value={createdAt} />
            </>
          ),
          text: ({ createdBy, createdAt }) => `${createdBy} ${dateTimeText(createdAt)}`,
        },
        {
          key: 'second',
          title: t.second,
          render: ({ state, finishedBy, finishedAt }) =>
            state === 'DESTROYED' ? (
              <>
                {finishedBy} · <DateText value={finishedAt} />
              </>
            ) : (
              <span className="none">–</span>
            ),
          text: ({ state, finishedBy }) => (state === 'DESTROYED' ? finishedBy : null),
        },
      ]}
      empty={{ title: t.noDestructions }}
    />
  );
}
