import type { ReactNode } from 'react';
import { api, body, type View } from '../../shared/api/client';
import { DateText } from '../../shared/components/date-text';
import { OfficerSelect } from '../../shared/components/remote-select';
import { StatusOf } from '../../shared/components/status';
import { useTexts, useWord, words } from '../../shared/i18n/dictionary';
import { DataTable } from '../../shared/table/data-table';
import { CARD_CASE_CAUSE_WORDS } from '../../shared/words/card-cases';
import { CASE_STATE_WORDS, CLOCK_WORDS, CUSTODY_WORDS, TO_DO_WORDS } from './words';
import { texts } from './texts';

type CardCase = View<'CardCaseView'>;

/** Cards that have to come back, each with its clock. */
export function CasesTable(): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const toDo = (row: CardCase): string =>
    row.toDo.map((step) => word(TO_DO_WORDS[step] ?? words(step, step))).join('、');
  return (
    <DataTable<CardCase>
      id="card-cases"
      name={t.tabs.cases}
      personal
      queryKey={['card-cases']}
      load={async ({ limit, cursor, filters }, signal) =>
        body(
          api.GET('/api/v1/card-cases', {
            params: { query: { limit, ...(cursor === undefined ? {} : { cursor }), ...filters } },
            signal,
          }),
        )
      }
      rowKey={({ id }) => id}
      rowName={({ officerName, certificateNo }) => `${officerName} ${certificateNo}`}
      openPath={({ id }) => `/card-cases/${id}`}
      filters={[
        {
          key: 'state',
          label: t.state,
          kind: 'select',
          options: Object.entries(CASE_STATE_WORDS).map(([value, [, pair]]) => ({ value, label: word(pair) })),
        },
        {
          key: 'cause',
          label: t.cause,
          kind: 'select',
          options: Object.entries(CARD_CASE_CAUSE_WORDS).map(([value, pair]) => ({ value, label: word(pair) })),
        },
        { key: 'officerId', label: t.holder, kind: 'custom', field: (field) => <OfficerSelect {...field} /> },
      ]}
      columns={[
        {
          key: 'holder',
          title: t.holder,
          render: ({ officerName }) => officerName,
          text: ({ officerName }) => officerName,
          card: 'title',
        },
        {
          key: 'state',
          title: t.state,
          render: ({ state }) => <StatusOf value={state} of={CASE_STATE_WORDS} />,
          text: ({ state }) => word(CASE_STATE_WORDS[state][1]),
          card: 'badge',
        },
        {
          key: 'certificate',
          title: t.certificate,
          render: ({ certificateNo }) => <span className="code">{certificateNo}</span>,
          text: ({ certificateNo }) => certificateNo,
        },
        {
          key: 'cause',
          title: t.cause,
          render: ({ cause }) => word(CARD_CASE_CAUSE_WORDS[cause]),
          text: ({ cause }) => word(CARD_CASE_CAUSE_WORDS[cause]),
        },
        { key: 'toDo', title: t.toDo, render: toDo, text: toDo },
        {
          key: 'due',
          title: t.due,
          render: ({ dueOn }) => <DateText value={dueOn} />,
          text: ({ dueOn }) => dueOn,
        },
        {
          key: 'clock',
          title: t.clock,
          render: ({ clock }) =>
            clock === null ? <span className="none">–</span> : <StatusOf value={clock} of={CLOCK_WORDS} />,
          text: ({ clock }) => (clock === null ? null : word(CLOCK_WORDS[clock][1])),
        },
        {
          key: 'custody',
          title: t.custody,
          render: ({ custody }) => <StatusOf value={custody} of={CUSTODY_WORDS} />,
          text: ({ custody }) => word(CUSTODY_WORDS[custody][1]),
          card: 'none',
        },
      ]}
      empty={{ title: t.noCases }}
    />
  );
}
