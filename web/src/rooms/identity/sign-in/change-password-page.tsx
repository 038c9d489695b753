import { Alert, App, Button, Flex, Form, Input } from 'antd';
import type { ReactNode } from 'react';
import { Navigate, useNavigate } from 'react-router';
import { Mark } from '../../../app/shell/mark';
import { api, body } from '../../../shared/api/client';
import { useCommand } from '../../../shared/api/command';
import { useSession, useSessionChange } from '../../../shared/api/session';
import { PageSkeleton } from '../../../shared/components/page-skeleton';
import { ProblemAlert } from '../../../shared/components/problem-alert';
import { useTitle } from '../../../shared/hooks/use-title';
import { useTexts } from '../../../shared/i18n/dictionary';
import './sign-in.css';
import { texts } from './texts';

interface Passwords {
  readonly current: string;
  readonly next: string;
}

/** Of one's own will, or because somebody else chose the first one. */
export function Component(): ReactNode {
  const t = useTexts(texts);
  useTitle(t.change);
  const navigate = useNavigate();
  const { message } = App.useApp();
  const { me, error, retry } = useSession();
  const { began } = useSessionChange();
  const change = useCommand({
    run: ({ current, next }: Passwords) =>
      body(api.POST('/api/v1/auth/change-password', { body: { currentPassword: current, newPassword: next } })),
    done: ({ user }) => {
      began(user);
      void message.success(t.changed);
      void navigate('/', { replace: true });
    },
  });
  if (me === null) return <Navigate to="/sign-in" replace />;
  if (me === undefined) return error === null ? <PageSkeleton /> : <ProblemAlert error={error} onRetry={retry} />;
  const needed = [{ required: true, message: t.needed }];
  return (
    <main className="door-main alone">
      <div className="door-card">
        <Flex align="center" gap="small">
          <Mark />
          <h1>{t.change}</h1>
        </Flex>
        {me.mustChangePassword && <Alert type="warning" showIcon title={t.firstChange} />}
        <ProblemAlert error={change.problem} />
        <Form<Passwords> layout="vertical" requiredMark={false} onFinish={change.run}>
          {/* Password managers ask which account it is. */}
          <input type="text" autoComplete="username" value={me.username} readOnly hidden />
          <Form.Item name="current" label={t.current} rules={needed}>
            <Input.Password autoComplete="current-password" maxLength={200} />
          </Form.Item>
          <Form.Item name="next" label={t.next} rules={needed} extra={t.rules}>
            <Input.Password autoComplete="new-password" maxLength={200} />
          </Form.Item>
          <Form.Item
            name="again"
            label={t.again}
            dependencies={['next']}
            rules={[
              ...needed,
              ({ getFieldValue }) => ({
                validator: (_, value) =>
                  value === getFieldValue('next') ? Promise.resolve() : Promise.reject(new Error(t.notSame)),
              }),
            ]}
          >
            <Input.Password autoComplete="new-password" maxLength={200} />
          </Form.Item>
          <Flex gap="small">
            <Button type="primary" htmlType="submit" loading={change.busy}>
              {t.save}
            </Button>
            {!me.mustChangePassword && <Button onClick={() => void navigate(-1)}>{t.cancel}</Button>}
          </Flex>
        </Form>
      </div>
    </main>
  );
}
