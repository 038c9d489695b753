import { useQuery } from '@tanstack/react-query';
import { App, Button, Descriptions, Input, Table } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { api, body, idempotent, type View } from '../../shared/api/client';
import { useCommand } from '../../shared/api/command';
import { ConfirmDanger } from '../../shared/components/confirm-danger';
import { DateText } from '../../shared/components/date-text';
import { PageHeader } from '../../shared/components/page-header';
import { PageProblem } from '../../shared/components/page-problem';
import { PageSkeleton } from '../../shared/components/page-skeleton';
import { Status, StatusOf } from '../../shared/components/status';
import { PersonalData } from '../../shared/components/watermark';
import { useTexts } from '../../shared/i18n/dictionary';
import { CERTIFICATE_STATE_WORDS } from '../../shared/words/certificates';
import { DESTRUCTION_WORDS } from './words';
import { texts } from './texts';

type Destruction = View<'DestructionDetailView'>;
type Ending = 'sign' | 'withdraw';

/** BR-86: one person draws the list up, another signs it; then the cards are destroyed. */
export function Component(): ReactNode {
  const { id = '' } = useParams();
  const t = useTexts(texts);
  const [ending, setEnding] = useState<Ending | null>(null);
  const found = useQuery({
    queryKey: ['card-destructions', id],
    queryFn: () => body(api.GET('/api/v1/card-destructions/{id}', { params: { path: { id } } })),
  });
  if (found.error !== null) return <PageProblem error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <PageSkeleton />;
  const it = found.data;
  const signature = (who: string, at: string | null): ReactNode => (
    <>
      {who} · <DateText value={at} />
    </>
  );
  return (
    <PersonalData>
      <PageHeader
        title={it.listNo}
        status={<StatusOf value={it.state} of={DESTRUCTION_WORDS} />}
        extra={
          <>
            {it.allowedVerbs.includes('sign') && (
              <Button type="primary" danger onClick={() => setEnding('sign')}>
                {t.sign}
              </Button>
            )}
            {it.allowedVerbs.includes('withdraw') && (
              <Button onClick={() => setEnding('withdraw')}>{t.withdraw}</Button>
            )}
          </>
        }
      />
      <Descriptions
        bordered
        size="small"
        column={{ xs: 1, sm: 1, md: 2 }}
        items={[
          { key: 'how', label: t.how, children: it.note },
          { key: 'count', label: t.count, children: t.pieces(it.count) },
          { key: 'first', label: t.first, children: signature(it.createdBy, it.createdAt) },
          {
            key: 'second',
            label: it.state === 'WITHDRAWN' ? t.withdrawnBy : t.second,
            children:
              it.finishedBy === null ? (
                <Status kind="pending">{t.pendingSignature}</Status>
              ) : (
                signature(it.finishedBy, it.finishedAt)
              ),
          },
          ...(it.closingNote === null ? [] : [{ key: 'note', label: t.note, children: it.closingNote }]),
        ]}
      />
      <h2 className="section-title">{t.cardsOnList}</h2>
      <Table<View<'DestructionCardView'>>
        size="small"
        rowKey="certificateId"
        pagination={it.cards.length > 50 ? { pageSize: 50 } : false}
        scroll={{ x: 'max-content' }}
        dataSource={it.cards}
        columns={[
          { title: t.holder, dataIndex: 'holderName' },
          {
            title: t.certificate,
            render: (_, row) => <Link to={`/cards/${row.certificateId}`}>{row.certificateNo}</Link>,
          },
          {
            title: t.certificateState,
            render: (_, row) => <StatusOf value={row.certificateState} of={CERTIFICATE_STATE_WORDS} />,
          },
        ]}
      />
      {ending !== null && <End of={it} verb={ending} onClose={() => setEnding(null)} />}
    </PersonalData>
  );
}

function End({ of, verb, onClose }: { of: Destruction; verb: Ending; onClose: () => void }): ReactNode {
  const t = useTexts(texts);
  const { message } = App.useApp();
  const [note, setNote] = useState('');
  const end = useCommand({
    run: (said: string, key) => {
      const order = { params: { path: { id: of.id } }, headers: idempotent(key) };
      return verb === 'sign'
        ? body(api.POST('/api/v1/card-destructions/{id}/sign', { ...order, body: said === '' ? {} : { note: said } }))
        : body(api.POST('/api/v1/card-destructions/{id}/withdraw', { ...order, body: { reason: said } }));
    },
    refresh: [['card-destructions'], ['cards'], ['certificates']],
    done: () => {
      void message.success(t.done);
      onClose();
    },
  });
  const signing = verb === 'sign';
  return (
    <ConfirmDanger
      open
      title={signing ? t.sign : t.withdraw}
      confirm={signing ? t.sign : t.withdraw}
      consequence={signing ? t.signFollows : t.withdrawFollows}
      answers={[
        { label: t.listNo, value: of.listNo },
        { label: t.count, value: t.pieces(of.count) },
        { label: t.first, value: of.createdBy },
      ]}
      {...(signing ? { typed: of.count } : {})}
      filled={signing || note.trim() !== ''}
      busy={end.busy}
      error={end.problem}
      onConfirm={() => end.run(note.trim())}
      onCancel={onClose}
    >
      <label className="typed">
        <span>{signing ? t.note : t.reason}</span>
        <Input.TextArea value={note} maxLength={500} rows={2} onChange={(event) => setNote(event.target.value)} />
      </label>
    </ConfirmDanger>
  );
}
