import { useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import type { ReactNode } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { api, body, type View } from '../../../shared/api/client';
import { useMay } from '../../../shared/api/session';
import { DateText } from '../../../shared/components/date-text';
import { PageHeader } from '../../../shared/components/page-header';
import { StatusOf } from '../../../shared/components/status';
import { useTexts, useWord } from '../../../shared/i18n/dictionary';
import { dateTimeText } from '../../../shared/lib/dates';
import { DataTable } from '../../../shared/table/data-table';
import { SUBJECT_KIND_WORDS, SUBJECT_STATE_WORDS } from '../../../shared/words/bodies';
import { everyPage } from '../every-page';
import '../subjects.css';
import { texts } from '../texts';
import { SubjectTree } from './subject-tree';
import { UsableChart } from './usable-chart';

type Row = View<'SubjectView'>;

/** How many could be sent from each body: read once for the whole page. */
export function useStrength(): ReadonlyMap<string, View<'StrengthView'>> {
  const found = useQuery({
    queryKey: ['duty', 'strength'],
    queryFn: ({ signal }) =>
      everyPage((cursor) =>
        body(
          api.GET('/api/v1/duty/strength', {
            params: { query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } },
            signal,
          }),
        ),
      ),
  });
  return new Map((found.data ?? []).map((one) => [one.subjectId, one]));
}

/** All bodies: as a list with filters or by level, and how many of their people could be sent. */
export function Component(): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const navigate = useNavigate();
  const mayWrite = useMay('subject.write');
  const [params, setParams] = useSearchParams();
  const asTree = params.get('view') === 'tree';
  const strength = useStrength();
  return (
    <>
      <PageHeader
        extra={
          <>
            <Button onClick={() => void navigate('/matters')}>{t.matters}</Button>
            {mayWrite && (
              <Button type="primary" onClick={() => void navigate('/subjects/new')}>
                {t.register}
              </Button>
            )}
          </>
        }
      />
      <UsableChart strength={[...strength.values()]} />
      <div className="chain-bar subject-section">
        <Segmented
          value={asTree ? 'tree' : 'list'}
          options={[
            { value: 'list', label: t.asList },
            { value: 'tree', label: t.asTree },
          ]}
          onChange={(view) => setParams(view === 'tree' ? { view } : {}, { replace: true })}
        />
      </div>
      {asTree ? (
        <SubjectTree strength={strength} />
      ) : (
        <DataTable<Row>
          id="subjects"
          name={t.tree}
          queryKey={['subjects']}
          rowKey={({ id }) => id}
          rowName={({ name }) => name}
          openPath={({ id }) => `/subjects/${id}`}
          load={({ limit, cursor, filters }, signal) =>
            body(
              api.GET('/api/v1/subjects', {
                params: { query: { limit, ...(cursor === undefined ? {} : { cursor }), ...filters } },
                signal,
              }),
            )
          }
          filters={[
            { key: 'q', label: t.nameOrCode, kind: 'text' },
            {
              key: 'kind',
              label: t.kind,
              kind: 'select',
              options: Object.entries(SUBJECT_KIND_WORDS).map(([value, name]) => ({ value, label: word(name) })),
            },
            {
              key: 'state',
              label: t.state,
              kind: 'select',
              options: Object.entries(SUBJECT_STATE_WORDS).map(([value, [, name]]) => ({ value, label: word(name) })),
            },
          ]}
          columns={[
            {
              key: 'name',
              title: t.name,
              pinned: true,
              render: ({ name }) => name,
              text: ({ name }) => name,
              card: 'title',
            },
            {
              key: 'state',
              title: t.state,
              width: 120,
              render: ({ state }) => <StatusOf value={state} of={SUBJECT_STATE_WORDS} />,
              text: ({ state }) => word(SUBJECT_STATE_WORDS[state][1]),
              card: 'badge',
            },
            {
              key: 'kind',
              title: t.kind,
              width: 150,
              render: ({ kind }) => word(SUBJECT_KIND_WORDS[kind] ?? { zh: kind, en: kind }),
              text: ({ kind }) => word(SUBJECT_KIND_WORDS[kind] ?? { zh: kind, en: kind }),
            },
            {
              key: 'uscc',
              title: t.uscc,
              width: 210,
              render: ({ uscc }) => <span className="code">{uscc}</span>,
              text: ({ uscc }) => uscc,
            },
            {
              key: 'division',
              title: t.division,
              width: 110,
              render: ({ divisionCode }) => <span className="code">{divisionCode}</span>,
              text: ({ divisionCode }) => divisionCode,
            },
            {
              key: 'usable',
              title: `${t.usable} / ${t.officers}`,
              align: 'right',
              width: 130,
              render: ({ id }) => {
                const found = strength.get(id);
                return found === undefined ? (
                  '–'
                ) : (
                  <Link to={`/officers?subjectId=${id}&state=IN_SERVICE`}>
                    {t.usableOf(found.usable, found.officers)}
                  </Link>
                );
              },
              text: ({ id }) => {
                const found = strength.get(id);
                return found === undefined ? '' : t.usableOf(found.usable, found.officers);
              },
            },
            {
              key: 'createdAt',
              title: t.createdAt,
              optional: true,
              render: ({ createdAt }) => <DateText value={createdAt} />,
              text: ({ createdAt }) => dateTimeText(createdAt),
            },
          ]}
          empty={{
            title: t.emptyTitle,
            ...(mayWrite ? { action: <Link to="/subjects/new">{t.register}</Link> } : {}),
          }}
        />
      )}
    </>
  );
}
