import { App, DatePicker, Form, Input, Modal } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import type { ReactNode } from 'react';
import { api, body, idempotent, type View } from '../../../shared/api/client';
import { useCommand } from '../../../shared/api/command';
import { EffectiveFrom } from '../../../shared/components/effective-from';
import { ProblemAlert } from '../../../shared/components/problem-alert';
import { useKeys } from '../../../shared/hooks/use-keys';
import { useTexts } from '../../../shared/i18n/dictionary';
import { texts } from '../texts';

interface Given {
  readonly approvalDocument: string;
  readonly announcementReference: string;
  readonly announcedOn: Dayjs;
  readonly effectiveFrom?: string;
}

/** The approver's word that a body may enforce: which approval, announced where and when. */
export function ConfirmSubject({
  subject,
  onClose,
}: {
  subject: View<'SubjectDetailView'>;
  onClose: () => void;
}): ReactNode {
  const t = useTexts(texts);
  const c = t.confirmForm;
  const { message } = App.useApp();
  const [form] = Form.useForm<Given>();
  const confirm = useCommand({
    run: (given: View<'ConfirmSubjectDto'>, key) =>
      body(
        api.POST('/api/v1/subjects/{id}/confirm', {
          params: { path: { id: subject.id } },
          body: given,
          headers: idempotent(key),
        }),
      ),
    refresh: [['subjects'], ['duty']],
    done: () => {
      void message.success(c.done);
      onClose();
    },
  });
  useKeys({ 'Ctrl+Enter': () => form.submit() });
  const required = [{ required: true, message: t.form.required }];
  return (
    <Modal
      open
      title={`${c.title}：${subject.name}`}
      okText={t.verb.confirm}
      onOk={() => form.submit()}
      okButtonProps={{ loading: confirm.busy }}
      onCancel={onClose}
    >
      <ProblemAlert error={confirm.problem} />
      <Form<Given>
        form={form}
        layout="vertical"
        onFinish={({ announcedOn, effectiveFrom, ...given }) =>
          confirm.run({
            ...given,
            announcedOn: announcedOn.format('YYYY-MM-DD'),
            ...(effectiveFrom === undefined ? {} : { effectiveFrom }),
          })
        }
      >
        <Form.Item name="approvalDocument" label={c.approvalDocument} rules={required}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="announcementReference" label={c.announcementReference} rules={required}>
          <Input maxLength={300} />
        </Form.Item>
        <Form.Item name="announcedOn" label={c.announcedOn} rules={required}>
          <DatePicker maxDate={dayjs()} />
        </Form.Item>
        <Form.Item name="effectiveFrom" label={c.effective}>
          <EffectiveFrom allowPast />
        </Form.Item>
      </Form>
    </Modal>
  );
}
