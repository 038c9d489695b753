import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { api, body, type View } from '../../shared/api/client';
import { useMay } from '../../shared/api/session';
import { SubjectSelect } from '../../shared/components/remote-select';
import { Status, StatusOf } from '../../shared/components/status';
import { useTexts, useWord } from '../../shared/i18n/dictionary';
import { DataTable } from '../../shared/table/data-table';
import type { Selection } from '../../shared/table/types';
import { ActOnFiles, useActName, type Act, type ReviewFile } from './act';
import { FILE_STATE_WORDS, SORTING_WORDS, texts } from './texts';

/** The files of a review year, exceptions first; what the asker may do is done for one or many at once. */
export function FilesTable({
  campaignId,
  causes,
}: {
  campaignId: string;
  causes: View<'ReviewCampaignDetailView'>['causes'];
}): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const mayDecide = useMay('review.decide');
  const mayExplain = useMay('review.explain');
  const [acting, setActing] = useState<{ readonly act: Act; readonly of: Selection<ReviewFile> } | null>(null);
  const options = (table: Readonly<Record<string, readonly [unknown, { zh: string; en: string }]>>) =>
    Object.entries(table).map(([value, [, pair]]) => ({ value, label: word(pair) }));
  const found = ({ findings }: ReviewFile): string => findings.map((one) => word(one)).join('；');
  return (
    <>
      <DataTable<ReviewFile>
        id="reviewFiles"
        name={t.files}
        personal
        queryKey={['reviews', 'files', campaignId]}
        fixed={{ campaignId }}
        load={async ({ limit, cursor, filters }, signal) =>
          body(
            api.GET('/api/v1/review-files', {
              params: { query: { limit, ...(cursor === undefined ? {} : { cursor }), ...filters } },
              signal,
            }),
          )
        }
        rowKey={({ id }) => id}
        rowName={({ officerName }) => officerName}
        openPath={({ id }) => `/review-files/${id}`}
        filters={[
          { key: 'sorting', label: t.sorting, kind: 'select', options: options(SORTING_WORDS) },
          { key: 'state', label: t.state, kind: 'select', options: options(FILE_STATE_WORDS) },
          {
            key: 'cause',
            label: t.cause,
            kind: 'select',
            options: causes.map(({ code, zh, en }) => ({ value: code, label: word({ zh, en }) })),
          },
          { key: 'subjectId', label: t.unit, kind: 'custom', field: (field) => <SubjectSelect {...field} /> },
        ]}
        columns={[
          {
            key: 'officer',
            title: t.officer,
            render: (row) => row.officerName,
            text: (row) => row.officerName,
            card: 'title',
          },
          { key: 'unit', title: t.unit, render: (row) => row.subjectName, text: (row) => row.subjectName },
          {
            key: 'no',
            title: t.certificateNo,
            render: (row) => <span className="code">{row.certificateNo}</span>,
            text: (row) => row.certificateNo,
          },
          {
            key: 'sorting',
            title: t.sorting,
            render: ({ sorting }) => <StatusOf value={sorting} of={SORTING_WORDS} />,
            text: ({ sorting }) => word(SORTING_WORDS[sorting][1]),
          },
          {
            key: 'findings',
            title: t.findings,
            render: (row) =>
              row.findings.length === 0 ? (
                <span className="none">–</span>
              ) : (
                <span className="review-found">{found(row)}</span>
              ),
            text: found,
          },
          {
            key: 'state',
            title: t.state,
            render: ({ state, overdue }) =>
              overdue ? <Status kind="stop">{t.overdue}</Status> : <StatusOf value={state} of={FILE_STATE_WORDS} />,
            text: ({ state }) => word(FILE_STATE_WORDS[state][1]),
            card: 'badge',
          },
        ]}
        {...(mayDecide || mayExplain
          ? {
              maySelect: ({ allowedVerbs }: ReviewFile) => allowedVerbs.length > 0,
              selectionActions: (selection: Selection<ReviewFile>) => (
                <Buttons selection={selection} onAct={(act) => setActing({ act, of: selection })} />
              ),
            }
          : {})}
        empty={{ title: t.noFiles }}
      />
      {acting && (
        <ActOnFiles files={acting.of.rows} act={acting.act} onDone={acting.of.clear} onClose={() => setActing(null)} />
      )}
    </>
  );
}

/** Only what works for all that are selected can be pressed. */
function Buttons({ selection, onAct }: { selection: Selection<ReviewFile>; onAct: (act: Act) => void }): ReactNode {
  const t = useTexts(texts);
  const nameOf = useActName();
  const mayDecide = useMay('review.decide');
  const mayExplain = useMay('review.explain');
  const all = (verb: string): boolean =>
    selection.count > 0 &&
    selection.rows.length === selection.count &&
    selection.rows.every(({ allowedVerbs }) => allowedVerbs.includes(verb));
  const oneStep = new Set(selection.rows.map(({ step }) => step)).size === 1;
  const button = (act: Act, verb: string, primary: boolean): ReactNode => {
    const ready = all(verb) && (verb !== 'decide' || oneStep);
    return (
      <Button key={act} type={primary && ready ? 'primary' : 'default'} disabled={!ready} onClick={() => onAct(act)}>
        {t.withCount(nameOf(act, selection.rows[0]?.step ?? null), ready ? selection.count : 0)}
      </Button>
    );
  };
  return (
    <>
      {mayDecide && [
        button('FAIL', 'decide', false),
        button('RETURN', 'decide', false),
        button('PASS', 'decide', true),
      ]}
      {mayExplain && [button('REOPEN', 'reopen', false), button('EXPLAIN', 'explain', true)]}
    </>
  );
}
