import {
  BellOutlined,
  FontSizeOutlined,
  GlobalOutlined,
  QuestionCircleOutlined,
  UserOutlined,
} from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Badge, Button, Dropdown, type MenuProps } from 'antd';
import type { ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, body } from '../../shared/api/client';
import { useMe } from '../../shared/api/session';
import { usePhone } from '../../shared/hooks/use-phone';
import { useTexts, useWord } from '../../shared/i18n/dictionary';
import { preferences, usePreferences } from '../../shared/lib/preferences';
import { roleWord } from '../../shared/words/roles';
import { shellTexts } from '../texts';
import { Mark } from './mark';
import { SHOW_SHORTCUTS } from './keyboard';

const UNREAD_SHOWN = 99;

/** Product, scope, to-dos, large type, language, account. */
export function Header({ onSignOut }: { onSignOut: () => void }): ReactNode {
  const t = useTexts(shellTexts);
  const word = useWord();
  const phone = usePhone();
  const me = useMe();
  const navigate = useNavigate();
  const { largeType, language } = usePreferences();
  const unread = useQuery({
    queryKey: ['notifications', 'unread'],
    queryFn: () =>
      body(api.GET('/api/v1/notifications', { params: { query: { unread: 'true', limit: UNREAD_SHOWN + 1 } } })),
    refetchInterval: 60_000,
  });
  const roles = me.roles.map((role) => word(roleWord(role))).join('、');
  const scope = me.permissions.includes('own.read') ? t.ownScope : t.scope(me.homeSubject.name);
  const toggleType = (): void => preferences.set({ largeType: !largeType });
  const toggleLanguage = (): void => preferences.set({ language: language === 'zh' ? 'en' : 'zh' });
  const items: MenuProps['items'] = [
    {
      key: 'who',
      type: 'group',
      label: (
        <span className="account-head">
          <strong>{me.displayName}</strong>
          <span>{`${me.username} · ${roles}`}</span>
          {phone && <span>{scope}</span>}
        </span>
      ),
    },
    { type: 'divider' },
    ...(phone
      ? [
          { key: 'type', label: largeType ? t.largeTypeOff : t.largeTypeOn, onClick: toggleType },
          { key: 'language', label: t.language, onClick: toggleLanguage },
        ]
      : [{ key: 'keys', label: t.shortcuts, onClick: () => window.dispatchEvent(new Event(SHOW_SHORTCUTS)) }]),
    { key: 'password', label: t.changePassword, onClick: () => void navigate('/change-password') },
    { key: 'out', label: t.signOut, onClick: onSignOut },
  ];
  const count = unread.data?.items.length ?? 0;
  return (
    <header className="header">
      <Link to="/" className="brand">
        <Mark />
        <span className="brand-name">{t.product}</span>
        {!phone && <span className="brand-long">{t.productLong}</span>}
      </Link>
      {!phone && <span className="scope">{scope}</span>}
      <span className="grow" />
      <Badge count={count} overflowCount={UNREAD_SHOWN} size="small" offset={[-6, 6]}>
        <Button
          type="text"
          icon={<BellOutlined />}
          aria-label={`${t.openTodos} (${count})`}
          onClick={() => void navigate('/todos')}
        />
      </Badge>
      {!phone && (
        <>
          <Button
            type="text"
            icon={<FontSizeOutlined />}
            aria-pressed={largeType}
            aria-label={largeType ? t.largeTypeOff : t.largeTypeOn}
            onClick={toggleType}
          >
            {largeType ? t.standardType : t.largeType}
          </Button>
          <Button type="text" icon={<GlobalOutlined />} aria-label={t.languageLabel} onClick={toggleLanguage}>
            {t.language}
          </Button>
          <Button
            type="text"
            icon={<QuestionCircleOutlined />}
            aria-label={t.shortcuts}
            onClick={() => window.dispatchEvent(new Event(SHOW_SHORTCUTS))}
          />
        </>
      )}
      <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
        <Button type="text" icon={<UserOutlined />} aria-label={`${t.account}: ${me.displayName}`}>
          {phone ? null : me.displayName}
        </Button>
      </Dropdown>
    </header>
  );
}
