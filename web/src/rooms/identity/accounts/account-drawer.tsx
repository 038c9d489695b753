import { useQuery } from '@tanstack/react-query';
import { Alert, App, Button, Checkbox, Descriptions, Drawer, Flex, Form, Input, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import { api, body, ifMatch, type View } from '../../../shared/api/client';
import { useCommand } from '../../../shared/api/command';
import type { Role } from '../../../shared/api/permissions';
import { useMay } from '../../../shared/api/session';
import { ConfirmDanger } from '../../../shared/components/confirm-danger';
import { DateText } from '../../../shared/components/date-text';
import { PageSkeleton } from '../../../shared/components/page-skeleton';
import { ProblemAlert } from '../../../shared/components/problem-alert';
import { SubjectSelect } from '../../../shared/components/remote-select';
import { useTexts, useWord } from '../../../shared/i18n/dictionary';
import { ROLE_WORDS } from '../../../shared/words/roles';
import { AccountStatus } from './accounts-page';
import { texts } from './texts';

type Account = View<'AccountView'>;
type Step = 'disable' | 'enable' | 'reset';

/** One account beside the list. */
export function AccountDrawer({ id, onClose }: { id: string; onClose: () => void }): ReactNode {
  const t = useTexts(texts);
  const { data, error, refetch } = useQuery({
    queryKey: ['accounts', id],
    queryFn: () => body(api.GET('/api/v1/accounts/{id}', { params: { path: { id } } })),
  });
  return (
    <Drawer open size={480} title={data?.displayName ?? t.title} onClose={onClose}>
      {data ? (
        <AccountDetail key={data.version} account={data} />
      ) : error ? (
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      ) : (
        <PageSkeleton />
      )}
    </Drawer>
  );
}

function AccountDetail({ account }: { account: Account }): ReactNode {
  const t = useTexts(texts);
  const { message } = App.useApp();
  const mayWrite = useMay('account.write');
  const mayGrant = useMay('role.write');
  const [step, setStep] = useState<Step | null>(null);
  const [password, setPassword] = useState<string | null>(null);
  const path = { id: account.id };
  const act = useCommand({
    run: async (what: Step): Promise<string | null> => {
      switch (what) {
        case 'disable':
          await body(api.POST('/api/v1/accounts/{id}/disable', { params: { path } }));
          return null;
        case 'enable':
          await body(api.POST('/api/v1/accounts/{id}/enable', { params: { path } }));
          return null;
        case 'reset':
          return (
            (await body(api.POST('/api/v1/accounts/{id}/reset-password', { params: { path }, body: {} })))
              .initialPassword ?? null
          );
      }
    },
    // The list is read anew; this drawer stays as it is while it shows a password.
    refresh: [['accounts', 'list']],
    done: (made, what) => {
      setStep(null);
      setPassword(made);
      if (what !== 'reset') void message.success(what === 'enable' ? t.enabled : t.disabled);
    },
  });
  const who = [
    { label: t.displayName, value: account.displayName },
    { label: t.username, value: account.username },
    { label: t.unit, value: account.homeSubject.name },
  ];
  return (
    <Flex vertical gap="large">
      {password !== null && (
        <Alert
          type="success"
          showIcon
          title={t.newPassword}
          description={
            <>
              <Typography.Text code copyable className="once">
                {password}
              </Typography.Text>
              <div>{t.newPasswordHint}</div>
            </>
          }
        />
      )}
      <Descriptions
        column={1}
        size="small"
        items={[
          { key: 'u', label: t.username, children: account.username },
          { key: 's', label: t.status, children: <AccountStatus account={account} /> },
          { key: 'h', label: t.scope, children: account.homeSubject.name },
          { key: 'c', label: t.created, children: <DateText value={account.createdAt} /> },
        ]}
      />
      {mayGrant && <Roles account={account} />}
      {mayWrite && (
        <>
          <ChangeAccount account={account} />
          <Flex gap="small" wrap>
            <Button onClick={() => setStep('reset')}>{t.reset}</Button>
            {account.status === 'ACTIVE' ? (
              <Button danger onClick={() => setStep('disable')}>
                {t.disable}
              </Button>
            ) : (
              <Button onClick={() => act.run('enable')} loading={act.busy}>
                {t.enable}
              </Button>
            )}
          </Flex>
          {step === null && <ProblemAlert error={act.problem} />}
        </>
      )}
      <ConfirmDanger
        open={step !== null}
        title={step === 'reset' ? t.reset : t.disable}
        confirm={step === 'reset' ? t.reset : t.disable}
        answers={who}
        consequence={step === 'reset' ? t.resetFollows : t.disableFollows}
        busy={act.busy}
        error={act.problem}
        onConfirm={() => {
          if (step !== null) act.run(step);
        }}
        onCancel={() => {
          setStep(null);
          act.clear();
        }}
      />
    </Flex>
  );
}

function Roles({ account }: { account: Account }): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const { message } = App.useApp();
  const [roles, setRoles] = useState<readonly Role[]>(account.roles);
  const grant = useCommand({
    run: (wanted: readonly Role[]) =>
      body(
        api.PUT('/api/v1/accounts/{id}/roles', {
          params: { path: { id: account.id }, header: ifMatch(account.version) },
          body: { roles: [...wanted] },
        }),
      ),
    refresh: [['accounts']],
    done: () => void message.success(t.saved),
  });
  const changed = [...roles].sort().join() !== [...account.roles].sort().join();
  return (
    <section>
      <h3 className="section-title">{t.setRoles}</h3>
      <p className="hint">{t.rolesHint}</p>
      <ProblemAlert error={grant.problem} />
      <Checkbox.Group
        className="role-list"
        value={[...roles]}
        onChange={(chosen) => setRoles(chosen as Role[])}
        options={Object.entries(ROLE_WORDS).map(([value, pair]) => ({ value, label: word(pair) }))}
      />
      <Button type="primary" disabled={!changed} loading={grant.busy} onClick={() => grant.run(roles)}>
        {t.save}
      </Button>
    </section>
  );
}

interface Changes {
  readonly displayName: string;
  readonly homeSubjectId: string;
}

function ChangeAccount({ account }: { account: Account }): ReactNode {
  const t = useTexts(texts);
  const { message } = App.useApp();
  const change = useCommand({
    run: (changes: Changes) =>
      body(
        api.PATCH('/api/v1/accounts/{id}', {
          params: { path: { id: account.id }, header: ifMatch(account.version) },
          body: changes,
        }),
      ),
    refresh: [['accounts']],
    done: () => void message.success(t.saved),
  });
  return (
    <section>
      <h3 className="section-title">{t.change}</h3>
      <ProblemAlert error={change.problem} />
      <Form<Changes>
        layout="vertical"
        initialValues={{ displayName: account.displayName, homeSubjectId: account.homeSubject.id }}
        onFinish={change.run}
      >
        <Form.Item name="displayName" label={t.displayName} rules={[{ required: true, message: t.needed }]}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item
          name="homeSubjectId"
          label={t.unit}
          extra={t.scopeHint}
          rules={[{ required: true, message: t.needed }]}
        >
          <SubjectSelect allowClear={false} />
        </Form.Item>
        <Button htmlType="submit" loading={change.busy}>
          {t.save}
        </Button>
      </Form>
    </section>
  );
}
