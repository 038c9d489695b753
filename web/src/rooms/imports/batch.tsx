import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Descriptions, Tabs, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { api, body, type View } from '../../shared/api/client';
import { DateText } from '../../shared/components/date-text';
import { PageSkeleton } from '../../shared/components/page-skeleton';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { Timeline, type TimelineEntry } from '../../shared/components/timeline';
import { useTexts, useWord } from '../../shared/i18n/dictionary';
import { batchTexts } from './batch-texts';
import { Causes } from './check-step';
import { Follows } from './confirm-step';
import { useConsequences } from './consequences';
import type { Import } from './kinds';
import { RowGrid } from './row-grid';
import { causeWords, ROW_WORDS } from './states';

type Receipt = View<'ImportReceiptView'>;

const STATES = ['CREATED', 'UPDATED', 'UNCHANGED', 'SKIPPED', 'INVALID', 'FAILED', 'IGNORED', 'REVERTED'] as const;

/** P12: what an import did, row by row, and the proof of it. */
export function Batch({ record }: { record: Import }): ReactNode {
  const t = useTexts(batchTexts);
  const [params, setParams] = useSearchParams();
  const { counts, account, status } = record;
  const result: Readonly<Record<string, string>> = t.result;
  return (
    <>
      <Alert
        type={status === 'COMPLETED' ? 'success' : status === 'FAILED' ? 'error' : 'warning'}
        showIcon
        className="import-alert"
        title={result[status] ?? status}
        description={
          <>
            <div>
              {t.written(counts.created, counts.updated)}；
              {t.rest(counts.unchanged, counts.skipped, counts.invalid + counts.failed)}
            </div>
            <div className="hint">
              {t.accountLine(
                account.rowsIn,
                account.accepted,
                account.rejected,
                account.ignored,
                account.duplicate,
                account.unexamined,
              )}
            </div>
          </>
        }
      />
      <Tabs
        activeKey={params.get('tab') ?? 'rows'}
        destroyOnHidden
        onChange={(key) => setParams(key === 'rows' ? {} : { tab: key }, { replace: true })}
        items={[
          { key: 'rows', label: t.tabs.rows, children: <Rows record={record} /> },
          { key: 'follows', label: t.tabs.follows, children: <Followed record={record} /> },
          {
            key: 'timeline',
            label: t.tabs.timeline,
            children: <WithReceipt record={record}>{(receipt) => <History receipt={receipt} />}</WithReceipt>,
          },
          {
            key: 'receipt',
            label: t.tabs.receipt,
            children: <WithReceipt record={record}>{(receipt) => <Proof receipt={receipt} />}</WithReceipt>,
          },
        ]}
      />
    </>
  );
}

function Rows({ record }: { record: Import }): ReactNode {
  const t = useTexts(batchTexts);
  const word = useWord();
  const [params, setParams] = useSearchParams();
  const { counts } = record;
  const shown = params.get('show') ?? 'all';
  const cause = params.get('cause');
  const state = STATES.find((one) => one.toLowerCase() === shown);
  const filter = { ...(state === undefined ? {} : { state }), ...(cause === null ? {} : { cause }) };
  const show = (key: string, code?: string): void =>
    setParams({ show: key, ...(code === undefined ? {} : { cause: code }) }, { replace: true });
  const countOf = (one: (typeof STATES)[number]): number => counts[one.toLowerCase() as keyof typeof counts];
  return (
    <>
      <div className="import-tiles" role="group" aria-label={t.rows}>
        <button type="button" className="import-tile" aria-pressed={shown === 'all'} onClick={() => show('all')}>
          <strong>{counts.total.toLocaleString('en-US')}</strong>
          <span>{t.all}</span>
        </button>
        {STATES.filter((one) => countOf(one) > 0).map((one) => (
          <button
            key={one}
            type="button"
            className={`import-tile import-tile-${one.toLowerCase()}`}
            aria-pressed={state === one}
            onClick={() => show(one.toLowerCase())}
          >
            <strong>{countOf(one).toLocaleString('en-US')}</strong>
            <span>{word(ROW_WORDS[one][1])}</span>
          </button>
        ))}
      </div>
      <div className="import-check-grid">
        <Causes record={record} cause={cause} shown={shown} onCause={(code, key) => show(key, code)} />
        <RowGrid key={JSON.stringify(filter)} record={record} filter={filter} />
      </div>
    </>
  );
}

function Followed({ record }: { record: Import }): ReactNode {
  const found = useConsequences(record);
  if (found.data) {
    return (
      <section className="panel">
        <Follows consequences={found.data} />
      </section>
    );
  }
  if (found.error !== null) return <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />;
  return <PageSkeleton rows={4} />;
}

function WithReceipt({ record, children }: { record: Import; children: (receipt: Receipt) => ReactNode }): ReactNode {
  const found = useQuery({
    queryKey: ['imports', 'receipt', record.id, record.version],
    queryFn: () => body(api.GET('/api/v1/imports/{id}/receipt', { params: { path: { id: record.id } } })),
  });
  if (found.data) return children(found.data);
  if (found.error !== null) return <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />;
  return <PageSkeleton rows={4} />;
}

/** Uploads, commits and the end, newest first. */
function History({ receipt }: { receipt: Receipt }): ReactNode {
  const t = useTexts(batchTexts);
  const word = useWord();
  const entries: TimelineEntry[] = [
    ...receipt.files.map((file) => ({
      key: `file-${file.round}`,
      at: file.sentAt,
      title: t.sent(file.round, file.fileName),
      by: t.by(file.sentBy.name),
      detail: <span className="import-hash">{file.fileSha256}</span>,
    })),
    ...receipt.commits.map((commit, index) => ({
      key: `commit-${index}`,
      at: commit.committedAt,
      title: t.committed(commit.round),
      by: t.by(commit.committedBy.name),
      kind: 'ok' as const,
      detail: (
        <>
          {commit.reason !== null && <div>{t.reason(commit.reason)}</div>}
          {commit.acknowledged.length > 0 && (
            <div>{t.acknowledged(commit.acknowledged.map((code) => word(causeWords(code))).join('、'))}</div>
          )}
        </>
      ),
    })),
    ...receipt.balances.map((balance, index) => ({
      key: `balance-${index}`,
      at: balance.balancedAt,
      title: t.account,
      kind: 'over' as const,
      detail: t.accountLine(
        balance.rowsIn,
        balance.accepted,
        balance.rejected,
        balance.ignored,
        balance.duplicate,
        balance.unexamined,
      ),
    })),
    ...(receipt.finishedAt === null
      ? []
      : [{ key: 'end', at: receipt.finishedAt, title: t.ended, kind: 'over' as const }]),
  ];
  return (
    <section className="panel">
      <Timeline entries={entries.sort((a, b) => Date.parse(b.at) - Date.parse(a.at))} />
    </section>
  );
}

function Proof({ receipt }: { receipt: Receipt }): ReactNode {
  const t = useTexts(batchTexts);
  const hash = (text: string): ReactNode => (
    <Typography.Text className="import-hash" copyable={{ text }}>
      {text}
    </Typography.Text>
  );
  return (
    <section className="panel">
      <Descriptions
        bordered
        size="small"
        column={1}
        items={[
          { key: 'no', label: t.receiptNo, children: receipt.receiptSha256.slice(0, 12).toUpperCase() },
          { key: 'id', label: t.batchNo, children: receipt.importId },
          { key: 'owner', label: t.owner, children: receipt.owner.name },
          { key: 'by', label: t.operator, children: receipt.startedBy.name },
          { key: 'created', label: t.created, children: <DateText value={receipt.createdAt} /> },
          { key: 'finished', label: t.finished, children: <DateText value={receipt.finishedAt} /> },
          ...receipt.files.map((file) => ({
            key: `file-${file.round}`,
            label: t.fileHash,
            children: (
              <>
                <div>{t.sent(file.round, file.fileName)}</div>
                {hash(file.fileSha256)}
              </>
            ),
          })),
          {
            key: 'account',
            label: t.account,
            children: t.accountLine(
              receipt.account.rowsIn,
              receipt.account.accepted,
              receipt.account.rejected,
              receipt.account.ignored,
              receipt.account.duplicate,
              receipt.account.unexamined,
            ),
          },
          { key: 'rows', label: t.rowsHash, children: hash(receipt.rowsSha256) },
          { key: 'receipt', label: t.receiptHash, children: hash(receipt.receiptSha256) },
          { key: 'audit', label: t.auditEntries, children: receipt.auditEntries },
        ]}
      />
      <Button className="import-foot" onClick={() => window.print()}>
        {t.print}
      </Button>
    </section>
  );
}
