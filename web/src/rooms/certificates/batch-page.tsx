import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Descriptions, Progress, Table } from 'antd';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { api, body, download, type View } from '../../shared/api/client';
import { useCommand } from '../../shared/api/command';
import { useMay } from '../../shared/api/session';
import { DateText } from '../../shared/components/date-text';
import { PageHeader } from '../../shared/components/page-header';
import { PageProblem } from '../../shared/components/page-problem';
import { PageSkeleton } from '../../shared/components/page-skeleton';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { ReasonsList } from '../../shared/components/reasons-list';
import { StatusOf } from '../../shared/components/status';
import { useTexts, useWord, words } from '../../shared/i18n/dictionary';
import { BATCH_STATE_WORDS, ITEM_STATE_WORDS, NUMBER_MODE_WORDS, texts } from './texts';

type Item = View<'BatchItemView'>;
const RUNNING: readonly string[] = ['ISSUING'];

/** One batch: how far it is, and each item with its number or every reason why not. Safe to leave: the work goes on. */
export function Component(): ReactNode {
  const { id = '' } = useParams();
  const t = useTexts(texts);
  const word = useWord();
  const mayImport = useMay('import.certificates');
  const found = useQuery({
    queryKey: ['certificates', 'batches', id],
    queryFn: () => body(api.GET('/api/v1/certificate-batches/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (state.data && !RUNNING.includes(state.data.status) ? false : 1500),
  });
  const cards = useCommand({
    run: () => download(`/api/v1/certificate-batches/${id}/cards.pdf`, 'cards.pdf'),
  });
  if (found.error !== null) return <PageProblem error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <PageSkeleton />;
  const batch = found.data;
  const { counts } = batch;
  return (
    <>
      <PageHeader
        status={<StatusOf value={batch.status} of={BATCH_STATE_WORDS} />}
        extra={
          <Button
            type="primary"
            disabled={counts.issued === 0}
            loading={cards.busy}
            onClick={() => cards.run(undefined)}
          >
            {t.cards}
          </Button>
        }
      />
      <ProblemAlert error={cards.problem} />
      {batch.status === 'WAITING_FOR_NUMBERS' && (
        <Alert
          type="info"
          showIcon
          title={t.waitingForNumbers}
          action={mayImport && <Link to="/imports/new?kind=CERTIFICATE_BACKFILL">{t.importNumbers}</Link>}
        />
      )}
      <Progress
        percent={batch.percent}
        status={RUNNING.includes(batch.status) ? 'active' : 'normal'}
        aria-label={`${batch.percent}%`}
      />
      {batch.secondsLeft !== null && <p className="hint">{t.secondsLeft(batch.secondsLeft)}</p>}
      <Descriptions
        size="small"
        bordered
        column={{ xs: 1, sm: 2, lg: 4 }}
        className="facts"
        items={[
          { key: 'mode', label: t.mode, children: word(NUMBER_MODE_WORDS[batch.numberMode] ?? words('', '')) },
          { key: 'validity', label: t.validity, children: `${batch.validFrom} – ${batch.validTo}` },
          { key: 'created', label: t.created, children: <DateText value={batch.createdAt} /> },
          { key: 'finished', label: t.finished, children: <DateText value={batch.finishedAt} /> },
          ...(['total', 'issued', 'waiting', 'refused'] as const).map((key) => ({
            key,
            label: t.counts[key],
            children: counts[key],
          })),
        ]}
      />
      <Table<Item>
        size="small"
        rowKey="applicationId"
        scroll={{ x: 'max-content' }}
        dataSource={[...batch.items].sort((a, b) => Number(b.status === 'REFUSED') - Number(a.status === 'REFUSED'))}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        columns={[
          {
            title: t.applications,
            render: (_, { applicationId }) => <Link to={`/applications/${applicationId}`}>{t.applications}</Link>,
          },
          {
            title: t.certificateNo,
            render: (_, { certificateId, certificateNo }) =>
              certificateId === undefined ? (
                <span className="none">–</span>
              ) : (
                <Link to={`/certificates/${certificateId}`}>{certificateNo}</Link>
              ),
          },
          { title: t.result, render: (_, { status }) => <StatusOf value={status} of={ITEM_STATE_WORDS} /> },
          { title: '', render: (_, { reasons }) => (reasons.length === 0 ? null : <ReasonsList reasons={reasons} />) },
        ]}
      />
    </>
  );
}
