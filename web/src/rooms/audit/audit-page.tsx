import { SafetyCertificateOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, DatePicker, Drawer } from 'antd';
import dayjs from 'dayjs';
import { useState, type ReactNode } from 'react';
import { api, body, type View } from '../../shared/api/client';
import { useCommand } from '../../shared/api/command';
import { DateText } from '../../shared/components/date-text';
import { PageHeader } from '../../shared/components/page-header';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { useTexts, useWord } from '../../shared/i18n/dictionary';
import { dateTimeText } from '../../shared/lib/dates';
import { DataTable } from '../../shared/table/data-table';
import type { Column } from '../../shared/table/types';
import './audit.css';
import { EntryDetail } from './entry-detail';
import { texts } from './texts';
import { KNOWN_NOUNS, nounWord, verbWord } from '../../shared/words/audit';

export type Entry = View<'AuditEntryView'>;
type Result = View<'ChainVerificationView'>;

/** Who did what, and whether the record of it is whole. */
export function Component(): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const [open, setOpen] = useState<Entry | null>(null);
  const verify = useCommand({
    run: (_: null) => body(api.POST('/api/v1/audit/verify')),
    refresh: [['audit']],
  });
  const [result, setResult] = useState<Result | null>(null);
  const columns: readonly Column<Entry>[] = [
    { key: 'seq', title: t.seq, align: 'right', width: 80, render: ({ seq }) => seq, text: ({ seq }) => seq },
    {
      key: 'at',
      title: t.at,
      render: ({ recordedAt }) => <DateText value={recordedAt} />,
      text: ({ recordedAt }) => dateTimeText(recordedAt),
    },
    {
      key: 'verb',
      title: t.verb,
      card: 'title',
      render: ({ verb }) => word(verbWord(verb)),
      text: ({ verb }) => word(verbWord(verb)),
    },
    {
      key: 'who',
      title: t.who,
      render: ({ actorId, actorName }) => (actorId === null ? <span className="hint">{t.system}</span> : actorName),
      text: ({ actorId, actorName }) => (actorId === null ? t.system : actorName),
    },
    {
      key: 'target',
      title: t.target,
      render: ({ target }) => word(nounWord(target.type)),
      text: ({ target }) => word(nounWord(target.type)),
    },
    {
      key: 'targetId',
      title: t.targetId,
      render: ({ target }) => <span className="code">{target.id}</span>,
      text: ({ target }) => target.id,
    },
    {
      key: 'ip',
      title: t.ip,
      optional: true,
      render: ({ ipAddress }) => ipAddress ?? '–',
      text: ({ ipAddress }) => ipAddress,
    },
  ];
  return (
    <>
      <PageHeader
        extra={
          <Button
            type="primary"
            icon={<SafetyCertificateOutlined />}
            loading={verify.busy}
            onClick={() => void verify.runAndWait(null).then(setResult, () => undefined)}
          >
            {verify.busy ? t.verifying : t.verify}
          </Button>
        }
      >
        {t.lead}
      </PageHeader>
      <ProblemAlert error={verify.problem} />
      <Verdict result={result} />
      <DataTable<Entry>
        id="audit"
        name={t.title}
        queryKey={['audit']}
        columns={columns}
        rowKey={({ id }) => id}
        rowName={({ seq }) => t.detail(seq)}
        onOpen={setOpen}
        empty={{ title: t.empty }}
        filters={[
          {
            key: 'targetType',
            label: t.targetType,
            kind: 'select',
            options: KNOWN_NOUNS.map(([value, pair]) => ({ value, label: word(pair) })),
          },
          { key: 'from', label: t.from, kind: 'custom', field: DateField },
          { key: 'to', label: t.to, kind: 'custom', field: DateField },
          { key: 'targetId', label: t.targetId, kind: 'text', more: true },
          { key: 'verb', label: t.verb, kind: 'text', more: true, placeholder: 'officer.transfer' },
          {
            key: 'order',
            label: t.order,
            kind: 'select',
            more: true,
            options: [
              { value: 'desc', label: t.desc },
              { value: 'asc', label: t.asc },
            ],
          },
        ]}
        load={({ limit, cursor, filters }, signal) =>
          body(
            api.GET('/api/v1/audit/entries', {
              params: {
                query: { limit, ...(cursor === undefined ? {} : { cursor }), order: 'desc' as const, ...filters },
              },
              signal,
            }),
          )
        }
      />
      <Drawer open={open !== null} size={560} title={open ? t.detail(open.seq) : ''} onClose={() => setOpen(null)}>
        {open && <EntryDetail entry={open} />}
      </Drawer>
    </>
  );
}

function DateField({
  id,
  value,
  onChange,
}: {
  id: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}): ReactNode {
  return (
    <DatePicker
      id={id}
      value={value === undefined ? null : dayjs(value)}
      onChange={(date) => onChange(date ? date.format('YYYY-MM-DD') : undefined)}
    />
  );
}

/** The result of a verification just made, else when the last one was and what it said. */
function Verdict({ result }: { result: Result | null }): ReactNode {
  const t = useTexts(texts);
  const last = useQuery({
    queryKey: ['audit', 'last-verification'],
    queryFn: async () =>
      (
        await body(
          api.GET('/api/v1/audit/entries', { params: { query: { verb: 'audit.verify', order: 'desc', limit: 1 } } }),
        )
      ).items[0] ?? null,
  });
  const shown = result ?? (last.data?.after as unknown as Result | null | undefined) ?? null;
  if (!shown) return last.data === null ? <Alert className="verdict" type="info" showIcon title={t.never} /> : null;
  const when = last.data ? t.lastVerified(dateTimeText(last.data.recordedAt)) : undefined;
  return shown.ok ? (
    <Alert className="verdict" type="success" showIcon title={t.ok(shown.entries)} description={when} role="status" />
  ) : (
    <Alert
      className="verdict"
      type="error"
      showIcon
      role="alert"
      title={t.broken(shown.firstBad?.seq ?? 0, t.faults[shown.firstBad?.why ?? 'CHAIN_BROKEN'])}
      description={`${t.brokenHint} ${when ?? ''}`}
    />
  );
}
