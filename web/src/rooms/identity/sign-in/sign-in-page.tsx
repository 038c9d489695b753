import { LockOutlined, UserOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Flex, Form, Input, type InputRef } from 'antd';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Navigate, useSearchParams } from 'react-router';
import { Mark } from '../../../app/shell/mark';
import { api, body } from '../../../shared/api/client';
import { useCommand } from '../../../shared/api/command';
import { isProblem } from '../../../shared/api/problem';
import { useSession, useSessionChange } from '../../../shared/api/session';
import { ProblemAlert } from '../../../shared/components/problem-alert';
import { useTitle } from '../../../shared/hooks/use-title';
import { useTexts, useWord } from '../../../shared/i18n/dictionary';
import { preferences, usePreferences } from '../../../shared/lib/preferences';
import { roleWord } from '../../../shared/words/roles';
import './sign-in.css';
import { texts } from './texts';

interface Attempt {
  readonly username: string;
  /** Undefined: the role chooser of the demonstration. */
  readonly password?: string;
}

/** Only addresses of this product: a link from outside must not lead elsewhere after the sign-in. */
export const safeReturn = (wanted: string | null): string =>
  wanted !== null && /^\/(?![/\\])/.test(wanted) && !wanted.startsWith('/sign-in') ? wanted : '/';

export function Component(): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  useTitle(t.title);
  const [params] = useSearchParams();
  const { language, largeType } = usePreferences();
  const { me } = useSession();
  const { began } = useSessionChange();
  const account = useRef<InputRef>(null);
  const door = useQuery({ queryKey: ['door'], queryFn: () => body(api.GET('/api/v1/auth/door')), staleTime: Infinity });
  // Counted here, not told by the server: it says the same whether an account exists or not.
  const [failures, setFailures] = useState<{ readonly username: string; readonly count: number } | null>(null);
  const failed = (username: string): void =>
    setFailures((before) => ({ username, count: before?.username === username ? before.count + 1 : 1 }));
  const signIn = useCommand({
    run: ({ username, password }: Attempt) =>
      password === undefined
        ? body(api.POST('/api/v1/auth/demo-sign-in', { body: { username } }))
        : body(api.POST('/api/v1/auth/login', { body: { username, password } })),
    done: ({ user }) => began(user),
  });
  useEffect(() => account.current?.focus(), []);
  const back = params.get('return');
  if (me) return <Navigate to={safeReturn(back)} replace />;
  const choices = door.data?.accounts ?? [];
  return (
    <div className="door">
      <aside className="door-side">
        <Flex align="center" gap="middle">
          <Mark size={56} />
          <div>
            <div className="door-name">{t.product}</div>
            <div>{t.productLong}</div>
          </div>
        </Flex>
        <p className="door-motto">{t.motto}</p>
        <ul>
          <li>{t.points.clear}</li>
          <li>{t.points.chain}</li>
          <li>{t.points.safe}</li>
        </ul>
      </aside>
      <main className="door-main">
        <Flex justify="flex-end" gap="small">
          <Button type="text" aria-pressed={largeType} onClick={() => preferences.set({ largeType: !largeType })}>
            {language === 'zh' ? (largeType ? '标准字号' : '大字') : largeType ? 'Standard type' : 'Large type'}
          </Button>
          <Button type="text" onClick={() => preferences.set({ language: language === 'zh' ? 'en' : 'zh' })}>
            {language === 'zh' ? 'English' : '中文'}
          </Button>
        </Flex>
        <div className="door-card">
          <h1>{t.title}</h1>
          {back !== null && signIn.problem === null && <Alert type="info" showIcon title={t.ended} />}
          <Failure
            error={signIn.problem}
            failures={failures?.count ?? 0}
            most={door.data?.maxFailures ?? null}
            minutes={door.data?.lockMinutes ?? 0}
          />
          <Form<{ username: string; password: string }>
            layout="vertical"
            requiredMark={false}
            onFinish={({ username, password }) => {
              const name = username.trim();
              void signIn.runAndWait({ username: name, password }).catch(() => failed(name));
            }}
          >
            <Form.Item
              name="username"
              label={t.username}
              rules={[{ required: true, whitespace: true, message: t.usernameNeeded }]}
            >
              <Input ref={account} prefix={<UserOutlined />} autoComplete="username" size="large" maxLength={60} />
            </Form.Item>
            <Form.Item name="password" label={t.password} rules={[{ required: true, message: t.passwordNeeded }]}>
              <Input.Password prefix={<LockOutlined />} autoComplete="current-password" size="large" maxLength={200} />
            </Form.Item>
            <Button type="primary" htmlType="submit" size="large" block loading={signIn.busy}>
              {t.submit}
            </Button>
          </Form>
          <p className="hint">{t.forgot}</p>
        </div>
        {choices.length > 0 && (
          <section className="door-demo" aria-labelledby="demo-title">
            <h2 id="demo-title">{t.demoTitle}</h2>
            <p className="hint">{t.demoHint}</p>
            <div className="door-roles">
              {choices.map(({ username, displayName, roles, unit }) => (
                <button
                  key={username}
                  type="button"
                  disabled={signIn.busy}
                  data-username={username}
                  onClick={() => signIn.run({ username })}
                >
                  <strong>{roles.map((role) => word(roleWord(role))).join('、')}</strong>
                  <span>{displayName}</span>
                  <span className="hint">{unit}</span>
                </button>
              ))}
            </div>
          </section>
        )}
      </main>
    </div>
  );
}

/** Wrong; how many attempts are left and how long a lock lasts; whatever else goes wrong as everywhere. */
function Failure({
  error,
  failures,
  most,
  minutes,
}: {
  error: unknown;
  failures: number;
  most: number | null;
  minutes: number;
}): ReactNode {
  const t = useTexts(texts);
  if (error === null) return null;
  if (!isProblem(error, 'LOGIN_FAILED')) return <ProblemAlert error={error} />;
  const left = most === null ? null : most - failures;
  const more = left === null ? '' : left > 0 ? t.attemptsLeft(left, minutes) : t.locked(minutes);
  return <ProblemAlert error={error} title={`${t.failed} ${more}`} />;
}
