import { CloseCircleFilled } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, body, type View } from '../../../shared/api/client';
import { useMay } from '../../../shared/api/session';
import { DateText } from '../../../shared/components/date-text';
import { MatterSelect } from '../../../shared/components/matter-select';
import { PageHeader } from '../../../shared/components/page-header';
import { OfficerSelect, SubjectSelect } from '../../../shared/components/remote-select';
import { StatusOf } from '../../../shared/components/status';
import { useTexts, useWord } from '../../../shared/i18n/dictionary';
import { dateTimeText } from '../../../shared/lib/dates';
import { DataTable } from '../../../shared/table/data-table';
import { DEPLOYMENT_STATUS_WORDS, recallCauseWord } from '../../../shared/words/duty';
import '../duty.css';
import { texts } from '../texts';
import { useLiveDeployments } from './live';

type Row = View<'DeploymentSummaryView'>;
const SHOWN_DAYS = 7;

const spanText = ({ from, to }: Row): string => {
  const [begin, end] = [dateTimeText(from), dateTimeText(to)];
  return begin.slice(0, 10) === end.slice(0, 10) ? `${begin}–${end.slice(11)}` : `${begin} – ${end}`;
};

/** Who is out, who will be, and on top who was called back. Changes appear by themselves. */
export function Component(): ReactNode {
  const t = useTexts(texts);
  const d = t.deployments;
  const word = useWord();
  const navigate = useNavigate();
  const mayCheck = useMay('duty.check');
  useLiveDeployments();
  return (
    <>
      <PageHeader
        status={<span className="live-dot">{d.live}</span>}
        extra={
          mayCheck && (
            <Button type="primary" onClick={() => void navigate('/duty/check')}>
              {t.newCheck}
            </Button>
          )
        }
      />
      <Recalled />
      <DataTable<Row>
        id="deployments"
        name={d.title}
        queryKey={['duty', 'deployments']}
        rowKey={({ id }) => id}
        rowName={({ title }) => title}
        openPath={({ id }) => `/duty/deployments/${id}`}
        load={({ limit, cursor, filters }, signal) =>
          body(
            api.GET('/api/v1/duty/deployments', {
              params: { query: { limit, sort: '-id', ...(cursor === undefined ? {} : { cursor }), ...filters } },
              signal,
            }),
          )
        }
        filters={[
          { key: 'q', label: d.search, kind: 'text' },
          {
            key: 'status',
            label: d.status,
            kind: 'select',
            options: Object.entries(DEPLOYMENT_STATUS_WORDS).map(([value, [, name]]) => ({
              value,
              label: word(name),
            })),
          },
          { key: 'subjectId', label: t.body, kind: 'custom', field: (props) => <SubjectSelect {...props} /> },
          { key: 'matterCode', label: t.matter, kind: 'custom', field: (props) => <MatterSelect {...props} /> },
          { key: 'officerId', label: d.officer, kind: 'custom', field: (props) => <OfficerSelect {...props} /> },
        ]}
        columns={[
          {
            key: 'title',
            title: d.title,
            pinned: true,
            render: ({ title }) => title,
            text: ({ title }) => title,
            card: 'title',
          },
          {
            key: 'status',
            title: d.status,
            width: 120,
            render: ({ status }) => <StatusOf value={status} of={DEPLOYMENT_STATUS_WORDS} />,
            text: ({ status }) => status,
            card: 'badge',
          },
          {
            key: 'span',
            title: d.planned,
            width: 230,
            render: (row) => <span className="code">{spanText(row)}</span>,
            text: spanText,
          },
          {
            key: 'subject',
            title: t.body,
            render: ({ subjectName }) => subjectName,
            text: ({ subjectName }) => subjectName,
          },
          {
            key: 'matter',
            title: t.matter,
            render: ({ matterName }) => matterName,
            text: ({ matterName }) => matterName,
          },
          {
            key: 'memberCount',
            title: t.people,
            align: 'right',
            width: 70,
            render: ({ memberCount }) => memberCount,
            text: ({ memberCount }) => memberCount,
          },
          {
            key: 'recall',
            title: d.recallCause,
            optional: true,
            render: ({ recallCause }) => (recallCause === null ? '–' : word(recallCauseWord(recallCause))),
            text: ({ recallCause }) => (recallCause === null ? '' : word(recallCauseWord(recallCause))),
          },
        ]}
        empty={{
          title: d.emptyTitle,
          ...(mayCheck ? { action: <Link to="/duty/check">{d.emptyAction}</Link> } : {}),
        }}
      />
    </>
  );
}

/** Called back in the last days: nobody has to look for them. */
function Recalled(): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const recalled = useQuery({
    queryKey: ['duty', 'deployments', 'recalled'],
    queryFn: ({ signal }) =>
      body(
        api.GET('/api/v1/duty/deployments', {
          params: { query: { status: 'RECALLED', sort: '-id', limit: 10 } },
          signal,
        }),
      ),
  });
  const since = recalled.dataUpdatedAt - SHOWN_DAYS * 86_400_000;
  const shown = (recalled.data?.items ?? [])
    .filter(({ endedAt }) => endedAt !== null && Date.parse(endedAt) >= since)
    .toSorted((a, b) => Date.parse(b.endedAt ?? '') - Date.parse(a.endedAt ?? ''))
    .slice(0, 5);
  if (shown.length === 0) return null;
  return (
    <section className="recall-band" aria-labelledby="recalled-lately">
      <h2 id="recalled-lately">
        <CloseCircleFilled aria-hidden /> {t.deployments.recalledTop}
      </h2>
      <ul className="recall-list">
        {shown.map(({ id, title, subjectName, endedAt, recallCause }) => (
          <li key={id}>
            <Link to={`/duty/deployments/${id}`}>
              <strong>{title}</strong>
            </Link>
            <span>{subjectName}</span>
            <DateText value={endedAt} />
            {recallCause !== null && <span>{word(recallCauseWord(recallCause))}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
