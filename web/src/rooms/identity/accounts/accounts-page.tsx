import { PlusOutlined } from '@ant-design/icons';
import { Button, Flex, Tag } from 'antd';
import { useState, type ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { api, body, type View } from '../../../shared/api/client';
import { useMay } from '../../../shared/api/session';
import { DateText } from '../../../shared/components/date-text';
import { PageHeader } from '../../../shared/components/page-header';
import { SubjectSelect } from '../../../shared/components/remote-select';
import { Status } from '../../../shared/components/status';
import { useTexts, useWord } from '../../../shared/i18n/dictionary';
import { dateTimeText } from '../../../shared/lib/dates';
import { DataTable } from '../../../shared/table/data-table';
import type { Column } from '../../../shared/table/types';
import { ROLE_WORDS, roleWord } from '../../../shared/words/roles';
import { AccountDrawer } from './account-drawer';
import { CreateAccount } from './create-account';
import { texts } from './texts';

type Account = View<'AccountView'>;

/** Who may sign in, as what, and whose records they see. */
export function Component(): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const mayWrite = useMay('account.write');
  const [params, setParams] = useSearchParams();
  const [creating, setCreating] = useState(false);
  const open = params.get('open');
  const show = (id: string | null): void =>
    setParams(
      (old) => {
        const next = new URLSearchParams(old);
        if (id === null) next.delete('open');
        else next.set('open', id);
        return next;
      },
      { preventScrollReset: true },
    );
  const columns: readonly Column<Account>[] = [
    {
      key: 'name',
      title: t.displayName,
      pinned: true,
      card: 'title',
      render: ({ displayName }) => displayName,
      text: ({ displayName }) => displayName,
    },
    { key: 'username', title: t.username, render: ({ username }) => username, text: ({ username }) => username },
    {
      key: 'roles',
      title: t.roles,
      render: ({ roles }) =>
        roles.length === 0 ? (
          <span className="hint">{t.noRole}</span>
        ) : (
          <Flex gap={4} wrap>
            {roles.map((role) => (
              <Tag key={role}>{word(roleWord(role))}</Tag>
            ))}
          </Flex>
        ),
      text: ({ roles }) => roles.map((role) => word(roleWord(role))).join('、'),
    },
    {
      key: 'unit',
      title: t.unit,
      render: ({ homeSubject }) => homeSubject.name,
      text: ({ homeSubject }) => homeSubject.name,
    },
    {
      key: 'status',
      title: t.status,
      card: 'badge',
      render: (account) => <AccountStatus account={account} />,
      text: ({ status }) => t.statuses[status],
    },
    {
      key: 'created',
      title: t.created,
      card: 'none',
      render: ({ createdAt }) => <DateText value={createdAt} />,
      text: ({ createdAt }) => dateTimeText(createdAt),
    },
  ];
  return (
    <>
      <PageHeader
        extra={
          mayWrite && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>
              {t.create}
            </Button>
          )
        }
      >
        {t.lead}
      </PageHeader>
      <DataTable<Account>
        id="accounts"
        name={t.title}
        queryKey={['accounts']}
        columns={columns}
        rowKey={({ id }) => id}
        rowName={({ displayName }) => displayName}
        onOpen={({ id }) => show(id)}
        empty={{ title: t.none }}
        filters={[
          { key: 'q', label: t.q, kind: 'text' },
          {
            key: 'role',
            label: t.role,
            kind: 'select',
            options: [
              ...Object.entries(ROLE_WORDS).map(([value, pair]) => ({ value, label: word(pair) })),
              { value: 'NONE', label: t.noRole },
            ],
          },
          {
            key: 'status',
            label: t.status,
            kind: 'select',
            options: Object.entries(t.statuses).map(([value, label]) => ({ value, label })),
          },
          {
            key: 'locked',
            label: t.lock,
            kind: 'select',
            options: [
              { value: 'true', label: t.lockedNow },
              { value: 'false', label: t.notLocked },
            ],
          },
          {
            key: 'homeSubjectId',
            label: t.unit,
            kind: 'custom',
            more: true,
            field: (field) => <SubjectSelect {...field} />,
          },
        ]}
        load={({ limit, cursor, filters }, signal) =>
          body(
            api.GET('/api/v1/accounts', {
              params: { query: { limit, ...(cursor === undefined ? {} : { cursor }), ...filters } },
              signal,
            }),
          )
        }
      />
      {open !== null && <AccountDrawer id={open} onClose={() => show(null)} />}
      {creating && <CreateAccount onClose={() => setCreating(false)} onCreated={show} />}
    </>
  );
}

/** Active, locked for a while, or disabled. */
export function AccountStatus({ account }: { account: Account }): ReactNode {
  const t = useTexts(texts);
  const [now] = useState(() => Date.now());
  const { status, lockedUntil, mustChangePassword } = account;
  if (status === 'DISABLED') return <Status kind="void">{t.statuses.DISABLED}</Status>;
  if (lockedUntil !== null && Date.parse(lockedUntil) > now) {
    return <Status kind="limited">{t.locked(dateTimeText(lockedUntil))}</Status>;
  }
  return mustChangePassword ? (
    <Status kind="soon">{t.firstPassword}</Status>
  ) : (
    <Status kind="ok">{t.statuses.ACTIVE}</Status>
  );
}
