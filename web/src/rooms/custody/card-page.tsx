import { useQuery } from '@tanstack/react-query';
import { App, Button, DatePicker, Descriptions, Empty, Form, Input, Modal, Table } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState, type ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { api, body, idempotent, type View } from '../../shared/api/client';
import { useCommand } from '../../shared/api/command';
import { DateText } from '../../shared/components/date-text';
import { PageHeader } from '../../shared/components/page-header';
import { PageProblem } from '../../shared/components/page-problem';
import { PageSkeleton } from '../../shared/components/page-skeleton';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { StatusOf } from '../../shared/components/status';
import { PersonalData } from '../../shared/components/watermark';
import { useTexts, useWord, words } from '../../shared/i18n/dictionary';
import { CERTIFICATE_STATE_WORDS } from '../../shared/words/certificates';
import { CARD_VERBS, CARD_VERB_WORDS, CUSTODY_WORDS, MOVE_WORDS, type CardVerb } from './words';
import { texts } from './texts';

type Card = View<'CustodyDetailView'>;

/** Where one card is, every move of it, and the moves that are allowed now. */
export function Component(): ReactNode {
  const { id = '' } = useParams();
  const t = useTexts(texts);
  const word = useWord();
  const [verb, setVerb] = useState<CardVerb | null>(null);
  const found = useQuery({
    queryKey: ['cards', id],
    queryFn: () => body(api.GET('/api/v1/cards/{id}', { params: { path: { id } } })),
  });
  if (found.error !== null) return <PageProblem error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <PageSkeleton />;
  const it = found.data;
  return (
    <PersonalData>
      <PageHeader
        title={`${it.holderName} · ${it.certificateNo}`}
        status={<StatusOf value={it.state} of={CUSTODY_WORDS} />}
        extra={CARD_VERBS.filter((each) => it.allowedVerbs.includes(each)).map((each) => (
          <Button key={each} danger={each === 'report-missing'} onClick={() => setVerb(each)}>
            {word(CARD_VERB_WORDS[each])}
          </Button>
        ))}
      />
      <Descriptions
        bordered
        size="small"
        column={{ xs: 1, sm: 1, md: 2 }}
        items={[
          {
            key: 'holder',
            label: t.holder,
            children: <Link to={`/officers/${it.officerId}`}>{it.holderName}</Link>,
          },
          {
            key: 'certificate',
            label: t.certificate,
            children: <Link to={`/certificates/${it.certificateId}`}>{it.certificateNo}</Link>,
          },
          {
            key: 'state',
            label: t.certificateState,
            children: <StatusOf value={it.certificateState} of={CERTIFICATE_STATE_WORDS} />,
          },
          { key: 'since', label: t.since, children: <DateText value={it.since} /> },
        ]}
      />
      <h2 className="section-title">{t.moves}</h2>
      {it.moves.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.noMoves} />
      ) : (
        <Table<View<'CustodyMoveView'>>
          size="small"
          rowKey={(row) => `${row.recordedAt}-${row.command}`}
          pagination={false}
          scroll={{ x: 'max-content' }}
          dataSource={it.moves}
          columns={[
            {
              title: t.move,
              render: (_, { command, destructionId }) => {
                const said = word(MOVE_WORDS[command] ?? words(command, command));
                return destructionId === null ? said : <Link to={`/card-destructions/${destructionId}`}>{said}</Link>;
              },
            },
            { title: t.happenedOn, render: (_, row) => <DateText value={row.happenedOn} /> },
            { title: t.counterpart, render: (_, row) => row.counterpart ?? <span className="none">–</span> },
            { title: t.note, render: (_, row) => row.note ?? <span className="none">–</span> },
            { title: t.recordedBy, render: (_, row) => row.recordedBy ?? t.system },
            { title: t.recordedAt, render: (_, row) => <DateText value={row.recordedAt} /> },
          ]}
        />
      )}
      {verb !== null && <Move of={it} verb={verb} onClose={() => setVerb(null)} />}
    </PersonalData>
  );
}

interface Given {
  readonly counterpart?: string;
  readonly happenedOn?: Dayjs;
  readonly note?: string;
}

function Move({ of, verb, onClose }: { of: Card; verb: CardVerb; onClose: () => void }): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const { message } = App.useApp();
  const [form] = Form.useForm<Given>();
  const move = useCommand({
    run: ({ counterpart, happenedOn, note }: Given, key) => {
      const order = {
        params: { path: { id: of.certificateId } },
        headers: idempotent(key),
        body: {
          ...(counterpart ? { counterpart } : {}),
          ...(happenedOn ? { happenedOn: happenedOn.format('YYYY-MM-DD') } : {}),
          ...(note ? { note } : {}),
        },
      };
      if (verb === 'hand-out') return body(api.POST('/api/v1/cards/{id}/hand-out', order));
      if (verb === 'take-back') return body(api.POST('/api/v1/cards/{id}/take-back', order));
      if (verb === 'give-back') return body(api.POST('/api/v1/cards/{id}/give-back', order));
      return body(api.POST('/api/v1/cards/{id}/report-missing', order));
    },
    refresh: [['cards'], ['card-cases'], ['certificates']],
    done: () => {
      void message.success(t.done);
      onClose();
    },
  });
  const title = word(CARD_VERB_WORDS[verb]);
  return (
    <Modal
      open
      title={`${title}：${of.holderName} ${of.certificateNo}`}
      okText={title}
      okButtonProps={{ loading: move.busy, danger: verb === 'report-missing' }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <ProblemAlert error={move.problem} />
      <Form<Given> form={form} layout="vertical" onFinish={move.run}>
        <Form.Item name="counterpart" label={t.counterpart} extra={t.counterpartHint}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="happenedOn" label={t.happenedOn}>
          <DatePicker maxDate={dayjs()} />
        </Form.Item>
        <Form.Item name="note" label={t.note}>
          <Input.TextArea maxLength={500} rows={2} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
