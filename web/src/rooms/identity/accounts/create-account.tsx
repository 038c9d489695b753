import { App, Form, Input, Modal } from 'antd';
import type { ReactNode } from 'react';
import { api, body, idempotent } from '../../../shared/api/client';
import { useCommand } from '../../../shared/api/command';
import { ProblemAlert } from '../../../shared/components/problem-alert';
import { SubjectSelect } from '../../../shared/components/remote-select';
import { useTexts } from '../../../shared/i18n/dictionary';
import { texts } from './texts';

interface NewAccount {
  readonly username: string;
  readonly displayName: string;
  readonly homeSubjectId: string;
}

export function CreateAccount({
  onClose,
  onCreated,
}: {
  onClose: () => void;
  onCreated: (id: string) => void;
}): ReactNode {
  const t = useTexts(texts);
  const { message } = App.useApp();
  const [form] = Form.useForm<NewAccount>();
  const create = useCommand({
    run: (account: NewAccount, key) => body(api.POST('/api/v1/accounts', { body: account, headers: idempotent(key) })),
    refresh: [['accounts']],
    done: ({ id }) => {
      void message.success(t.createDone);
      onClose();
      onCreated(id);
    },
  });
  const needed = { required: true, message: t.needed };
  return (
    <Modal
      open
      title={t.create}
      okText={t.save}
      cancelText={t.cancel}
      okButtonProps={{ loading: create.busy }}
      onOk={form.submit}
      onCancel={onClose}
    >
      <ProblemAlert error={create.problem} />
      <Form<NewAccount> form={form} layout="vertical" onFinish={create.run}>
        <Form.Item
          name="username"
          label={t.username}
          extra={t.usernameRule}
          rules={[needed, { pattern: /^[0-9a-z._-]{1,60}$/, message: t.usernameRule }]}
        >
          <Input autoComplete="off" maxLength={60} />
        </Form.Item>
        <Form.Item name="displayName" label={t.displayName} rules={[needed]}>
          <Input autoComplete="off" maxLength={80} />
        </Form.Item>
        <Form.Item name="homeSubjectId" label={t.unit} extra={t.scopeHint} rules={[needed]}>
          <SubjectSelect />
        </Form.Item>
      </Form>
    </Modal>
  );
}
