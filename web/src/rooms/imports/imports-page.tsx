import { UploadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Flex } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { api, body, download } from '../../shared/api/client';
import { useCommand } from '../../shared/api/command';
import { DateText } from '../../shared/components/date-text';
import { PageHeader } from '../../shared/components/page-header';
import { StatusOf } from '../../shared/components/status';
import { useTexts, useWord } from '../../shared/i18n/dictionary';
import { dateTimeText } from '../../shared/lib/dates';
import { DataTable } from '../../shared/table/data-table';
import './imports.css';
import { ABOUT, kindName, OVER, RUNNING, useMyKinds, type Kind, type Summary } from './kinds';
import { Memories } from './memories';
import { MiniBar, useCountsText } from './mini-bar';
import { LiveProgress } from './progress';
import { STATUS_WORDS } from './states';
import { TemplateButton } from './template-button';
import { texts } from './texts';

/** P10: every import, what runs on top, and the ways to begin. */
export function Component(): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const kinds = useMyKinds();
  const countsText = useCountsText();
  const [remembering, setRemembering] = useState(false);
  return (
    <>
      <PageHeader
        extra={
          <>
            <Button onClick={() => setRemembering(true)}>{t.memories}</Button>
            <Link to="/imports/new">
              <Button type="primary" icon={<UploadOutlined />}>
                {t.create}
              </Button>
            </Link>
          </>
        }
      />
      <Running />
      <ul className="import-kinds">
        {kinds.map((kind) => (
          <KindCard key={kind} kind={kind} />
        ))}
      </ul>
      <DataTable<Summary>
        id="imports"
        name={t.list}
        queryKey={['imports']}
        refreshMs={15_000}
        load={async ({ limit, cursor, filters }, signal) =>
          body(
            api.GET('/api/v1/imports', {
              params: { query: { limit, ...(cursor === undefined ? {} : { cursor }), ...filters } },
              signal,
            }),
          )
        }
        rowKey={({ id }) => id}
        rowName={({ fileName }) => fileName}
        openPath={({ id }) => `/imports/${id}`}
        filters={[
          {
            key: 'kind',
            label: t.kind,
            kind: 'select',
            options: kinds.map((kind) => ({ value: kind, label: word(ABOUT[kind].name) })),
          },
          {
            key: 'status',
            label: t.status,
            kind: 'select',
            options: Object.entries(STATUS_WORDS).map(([value, [, pair]]) => ({ value, label: word(pair) })),
          },
          {
            key: 'phase',
            label: t.phase,
            kind: 'select',
            options: Object.entries(t.phases).map(([value, label]) => ({ value, label })),
          },
        ]}
        columns={[
          {
            key: 'fileName',
            title: t.file,
            render: ({ fileName }) => fileName,
            text: ({ fileName }) => fileName,
            card: 'title',
          },
          {
            key: 'kind',
            title: t.kind,
            render: ({ kind }) => word(kindName(kind)),
            text: ({ kind }) => word(kindName(kind)),
          },
          {
            key: 'status',
            title: t.status,
            render: ({ status }) => <StatusOf value={status} of={STATUS_WORDS} />,
            text: ({ status }) => status,
            card: 'badge',
          },
          {
            key: 'who',
            title: t.who,
            render: ({ startedBy }) => startedBy.name,
            text: ({ startedBy }) => startedBy.name,
          },
          {
            key: 'counts',
            title: t.counts,
            width: 260,
            render: ({ counts }) => <MiniBar counts={counts} />,
            text: ({ counts }) => countsText(counts),
          },
          {
            key: 'round',
            title: t.round,
            render: ({ round }) => t.roundOf(round),
            text: ({ round }) => round,
          },
          {
            key: 'createdAt',
            title: t.when,
            render: ({ createdAt }) => <DateText value={createdAt} />,
            text: ({ createdAt }) => dateTimeText(createdAt),
          },
          { key: 'actions', title: '', render: (row) => <RowActions row={row} />, card: 'none' },
        ]}
        empty={{ title: t.empty }}
      />
      {remembering && <Memories onClose={() => setRemembering(false)} />}
    </>
  );
}

function RowActions({ row }: { row: Summary }): ReactNode {
  const t = useTexts(texts);
  const rows = useCommand({
    run: () => download(`/api/v1/imports/${row.id}/error-workbook`, `${row.fileName}.xlsx`),
  });
  const open = !OVER.includes(row.status);
  return (
    <Flex gap="small" align="center">
      <Link to={`/imports/${row.id}`}>{open ? t.goOn : t.open}</Link>
      {!RUNNING.includes(row.status) && row.counts.invalid + row.counts.failed > 0 && (
        <Button size="small" type="link" loading={rows.busy} onClick={() => rows.run(undefined)}>
          {t.failedRows}
        </Button>
      )}
    </Flex>
  );
}

/** What the server is working on now, with the time left. */
function Running(): ReactNode {
  const t = useTexts(texts);
  const found = useQuery({
    queryKey: ['imports', 'running'],
    refetchInterval: 3000,
    queryFn: async ({ signal }) => {
      const pages = await Promise.all(
        (['COMMITTING', 'VALIDATING', 'PARSING', 'RECEIVED'] as const).map((status) =>
          body(api.GET('/api/v1/imports', { params: { query: { status, limit: 5 } }, signal })),
        ),
      );
      return pages.flatMap(({ items }) => items);
    },
  });
  const running = found.data ?? [];
  if (running.length === 0) return null;
  return (
    <section className="panel import-running" aria-label={t.running}>
      <h2>{t.running}</h2>
      {running.map((one) => (
        <div key={one.id}>
          <Link to={`/imports/${one.id}`}>{one.fileName}</Link>
          <LiveProgress of={one} />
        </div>
      ))}
    </section>
  );
}

function KindCard({ kind }: { kind: Kind }): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  return (
    <li className="panel import-kind">
      <h2>{word(ABOUT[kind].name)}</h2>
      <p className="hint">{word(ABOUT[kind].guide)}</p>
      <Flex gap="small" align="center" wrap>
        <Link to={`/imports/new?kind=${kind}`}>{t.start}</Link>
        <TemplateButton kind={kind} />
      </Flex>
    </li>
  );
}
