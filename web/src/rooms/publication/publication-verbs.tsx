import { App, Checkbox, Form, Input, Modal, Radio } from 'antd';
import { useState, type ReactNode } from 'react';
import { api, body, idempotent, type View } from '../../shared/api/client';
import { useCommand } from '../../shared/api/command';
import { ConfirmDanger } from '../../shared/components/confirm-danger';
import type { Outcome } from '../../shared/components/outcomes';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { useTexts } from '../../shared/i18n/dictionary';
import { texts } from './texts';

type Row = Pick<View<'PublicationView'>, 'id' | 'officerName' | 'certificateNo'>;
interface Props {
  readonly rows: readonly Row[];
  readonly onDone: (outcomes: readonly Outcome[]) => void;
  readonly onClose: () => void;
}

const REFRESH = [['publications']] as const;

const outcomesOf = (rows: readonly Row[], { items }: View<'PublicationsDoneView'>): readonly Outcome[] =>
  items.map(({ publicationId, status, reasons }) => ({
    key: publicationId,
    name: rows.find(({ id }) => id === publicationId)?.officerName ?? publicationId,
    refused: status === 'REFUSED',
    reasons,
  }));

/** The first person: puts down what the public is to see. */
export function PrepareDialog({ rows, onDone, onClose }: Props): ReactNode {
  const t = useTexts(texts);
  const [note, setNote] = useState('');
  const prepare = useCommand({
    run: (said: string, key) =>
      body(
        api.POST('/api/v1/publications/prepare', {
          headers: idempotent(key),
          body: { publicationIds: rows.map(({ id }) => id), ...(said === '' ? {} : { note: said }) },
        }),
      ),
    refresh: REFRESH,
    done: (answer) => onDone(outcomesOf(rows, answer)),
  });
  return (
    <Modal
      open
      title={t.prepare}
      okText={t.prepareCount(rows.length)}
      okButtonProps={{ loading: prepare.busy }}
      onOk={() => prepare.run(note.trim())}
      onCancel={onClose}
    >
      <ProblemAlert error={prepare.problem} />
      <p>{t.prepareFollows}</p>
      <label className="typed">
        <span>{t.note}</span>
        <Input.TextArea value={note} maxLength={500} rows={2} onChange={(event) => setNote(event.target.value)} />
      </label>
    </Modal>
  );
}

/** The second person: publishes, returns or withholds. To publish needs both checks; the others need a note. */
export function CheckDialog({ rows, onDone, onClose }: Props): ReactNode {
  const t = useTexts(texts);
  const [form] = Form.useForm<Omit<View<'CheckPublicationsDto'>, 'publicationIds'>>();
  const decision = Form.useWatch('decision', form) ?? 'PUBLISH';
  const publishes = decision === 'PUBLISH';
  const check = useCommand({
    run: ({ note = '', ...given }: Omit<View<'CheckPublicationsDto'>, 'publicationIds'>, key) =>
      body(
        api.POST('/api/v1/publications/check', {
          headers: idempotent(key),
          body: {
            ...given,
            publicationIds: rows.map(({ id }) => id),
            ...(note.trim() === '' ? {} : { note: note.trim() }),
          },
        }),
      ),
    refresh: REFRESH,
    done: (answer) => onDone(outcomesOf(rows, answer)),
  });
  const ticked = [
    {
      validator: (_: unknown, value: boolean) =>
        !publishes || value ? Promise.resolve() : Promise.reject(new Error(t.checkFirst)),
    },
  ];
  return (
    <Modal
      open
      title={t.check}
      okText={`${t.decisions[decision]} (${rows.length})`}
      okButtonProps={{ loading: check.busy, danger: decision === 'WITHHOLD' }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <ProblemAlert error={check.problem} />
      <p>
        {rows
          .slice(0, 20)
          .map(({ officerName }) => officerName)
          .concat(rows.length > 20 ? ['…'] : [])
          .join('、')}
      </p>
      <Form
        form={form}
        layout="vertical"
        initialValues={{ decision: 'PUBLISH', privacyChecked: false, secrecyChecked: false }}
        onFinish={check.run}
      >
        <Form.Item name="decision" label={t.decision}>
          <Radio.Group
            options={(['PUBLISH', 'RETURN', 'WITHHOLD'] as const).map((value) => ({
              value,
              label: t.decisions[value],
            }))}
          />
        </Form.Item>
        <Form.Item name="privacyChecked" valuePropName="checked" dependencies={['decision']} rules={ticked}>
          <Checkbox>{t.privacy}</Checkbox>
        </Form.Item>
        <Form.Item name="secrecyChecked" valuePropName="checked" dependencies={['decision']} rules={ticked}>
          <Checkbox>{t.secrecy}</Checkbox>
        </Form.Item>
        <Form.Item
          name="note"
          label={publishes ? t.note : t.noteRequired}
          rules={publishes ? [] : [{ required: true, whitespace: true, message: t.noteRequired }]}
        >
          <Input.TextArea maxLength={500} rows={2} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

/** Takes somebody off the public list, at once. */
export function WithholdDialog({ of, onClose }: { of: Row; onClose: () => void }): ReactNode {
  const t = useTexts(texts);
  const { message } = App.useApp();
  const [reason, setReason] = useState('');
  const withhold = useCommand({
    run: (said: string, key) =>
      body(
        api.POST('/api/v1/publications/{id}/withhold', {
          params: { path: { id: of.id } },
          headers: idempotent(key),
          body: { reason: said },
        }),
      ),
    refresh: REFRESH,
    done: () => {
      void message.success(t.done);
      onClose();
    },
  });
  return (
    <ConfirmDanger
      open
      title={t.withhold}
      confirm={t.withhold}
      consequence={t.withholdFollows}
      answers={[
        { label: t.officer, value: of.officerName },
        { label: t.certificate, value: of.certificateNo },
      ]}
      filled={reason.trim() !== ''}
      busy={withhold.busy}
      error={withhold.problem}
      onConfirm={() => withhold.run(reason.trim())}
      onCancel={onClose}
    >
      <label className="typed">
        <span>{t.reason}</span>
        <Input.TextArea value={reason} maxLength={500} rows={2} onChange={(event) => setReason(event.target.value)} />
      </label>
    </ConfirmDanger>
  );
}
