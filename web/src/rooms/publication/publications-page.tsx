import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { api, body, type View } from '../../shared/api/client';
import { useMay } from '../../shared/api/session';
import { DateText } from '../../shared/components/date-text';
import { Outcomes, type Outcome } from '../../shared/components/outcomes';
import { PageHeader } from '../../shared/components/page-header';
import { OfficerSelect, SubjectSelect } from '../../shared/components/remote-select';
import { StatusOf } from '../../shared/components/status';
import { useTexts, useWord, words } from '../../shared/i18n/dictionary';
import { DataTable } from '../../shared/table/data-table';
import type { Selection } from '../../shared/table/types';
import { texts } from './texts';
import { CheckDialog, PrepareDialog } from './publication-verbs';
import { PUBLICATION_CAUSE_WORDS, PUBLICATION_CLOCK_WORDS, PUBLICATION_STATE_WORDS } from './words';

type Publication = View<'PublicationView'>;
interface Asked {
  readonly verb: 'prepare' | 'check';
  readonly rows: readonly Publication[];
  readonly clear: () => void;
}

const allow = (verb: string, rows: readonly Publication[]): readonly Publication[] =>
  rows.filter(({ allowedVerbs }) => allowedVerbs.includes(verb));

/** BR-93 to BR-95: who has to be on the public list, with the clock of each. */
export function Component(): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const mayPrepare = useMay('publication.prepare');
  const mayCheck = useMay('publication.check');
  const [asked, setAsked] = useState<Asked | null>(null);
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([]);
  const close = (): void => setAsked(null);
  const done = (told: readonly Outcome[]): void => {
    setOutcomes(told);
    asked?.clear();
    close();
  };
  const actions = ({ rows, clear }: Selection<Publication>): ReactNode => {
    const toPrepare = allow('prepare', rows);
    const toCheck = allow('check', rows);
    return (
      <>
        {mayPrepare && (
          <Button
            type="primary"
            disabled={toPrepare.length === 0}
            onClick={() => setAsked({ verb: 'prepare', rows: toPrepare, clear })}
          >
            {t.prepareCount(toPrepare.length)}
          </Button>
        )}
        {mayCheck && (
          <Button disabled={toCheck.length === 0} onClick={() => setAsked({ verb: 'check', rows: toCheck, clear })}>
            {t.checkCount(toCheck.length)}
          </Button>
        )}
      </>
    );
  };
  const cause = (row: Publication): string => word(PUBLICATION_CAUSE_WORDS[row.cause] ?? words(row.cause, row.cause));
  return (
    <>
      <PageHeader>{t.lead}</PageHeader>
      <Outcomes of={outcomes} />
      <DataTable<Publication>
        id="publications"
        name={t.content}
        personal
        queryKey={['publications']}
        load={async ({ limit, cursor, filters }, signal) =>
          body(
            api.GET('/api/v1/publications', {
              params: { query: { limit, ...(cursor === undefined ? {} : { cursor }), ...filters } },
              signal,
            }),
          )
        }
        rowKey={({ id }) => id}
        rowName={({ officerName, certificateNo }) => `${officerName} ${certificateNo}`}
        openPath={({ id }) => `/publications/${id}`}
        {...(mayPrepare || mayCheck
          ? {
              maySelect: ({ allowedVerbs }: Publication) =>
                allowedVerbs.includes('prepare') || allowedVerbs.includes('check'),
              selectionActions: actions,
            }
          : {})}
        filters={[
          {
            key: 'state',
            label: t.state,
            kind: 'select',
            options: Object.entries(PUBLICATION_STATE_WORDS).map(([value, [, pair]]) => ({ value, label: word(pair) })),
          },
          {
            key: 'clock',
            label: t.clock,
            kind: 'select',
            options: Object.entries(PUBLICATION_CLOCK_WORDS).map(([value, [, pair]]) => ({ value, label: word(pair) })),
          },
          { key: 'subjectId', label: t.unit, kind: 'custom', field: (field) => <SubjectSelect {...field} /> },
          { key: 'officerId', label: t.officer, kind: 'custom', field: (field) => <OfficerSelect {...field} /> },
        ]}
        columns={[
          {
            key: 'officer',
            title: t.officer,
            render: ({ officerName }) => officerName,
            text: ({ officerName }) => officerName,
            card: 'title',
          },
          {
            key: 'state',
            title: t.state,
            render: ({ state }) => <StatusOf value={state} of={PUBLICATION_STATE_WORDS} />,
            text: ({ state }) => word(PUBLICATION_STATE_WORDS[state][1]),
            card: 'badge',
          },
          { key: 'unit', title: t.unit, render: ({ subject }) => subject.name, text: ({ subject }) => subject.name },
          {
            key: 'certificate',
            title: t.certificate,
            render: ({ certificateNo }) => <span className="code">{certificateNo}</span>,
            text: ({ certificateNo }) => certificateNo,
          },
          { key: 'cause', title: t.cause, render: cause, text: cause },
          {
            key: 'clock',
            title: t.clock,
            render: ({ clock }) =>
              clock === null ? (
                <span className="none">–</span>
              ) : (
                <StatusOf value={clock.colour} of={PUBLICATION_CLOCK_WORDS} />
              ),
            text: ({ clock }) => (clock === null ? null : word(PUBLICATION_CLOCK_WORDS[clock.colour][1])),
          },
          {
            key: 'limit',
            title: t.limit,
            render: ({ clock }) => <DateText value={clock?.limitOn} />,
            text: ({ clock }) => clock?.limitOn ?? null,
          },
          {
            key: 'shown',
            title: t.shown,
            render: ({ shownNow }) => (shownNow ? t.yes : t.no),
            text: ({ shownNow }) => (shownNow ? t.yes : t.no),
          },
        ]}
        empty={{ title: t.none }}
      />
      {asked?.verb === 'prepare' && <PrepareDialog rows={asked.rows} onDone={done} onClose={close} />}
      {asked?.verb === 'check' && <CheckDialog rows={asked.rows} onDone={done} onClose={close} />}
    </>
  );
}
