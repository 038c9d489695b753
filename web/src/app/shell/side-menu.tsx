import { MenuFoldOutlined, MenuUnfoldOutlined } from '@ant-design/icons';
import { Button, Menu, type MenuProps } from 'antd';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router';
import { useTexts, useWord } from '../../shared/i18n/dictionary';
import { preferences, usePreferences } from '../../shared/lib/preferences';
import type { MenuEntry, MenuGroup } from '../room';
import { shellTexts } from '../texts';

const GROUPS: readonly MenuGroup[] = ['desk', 'qualification', 'certificates', 'duty', 'management'];

/** The entry whose address is the longest beginning of this one. */
export const currentEntry = (entries: readonly MenuEntry[], pathname: string): MenuEntry | undefined =>
  entries
    .filter(({ path }) => pathname === path || (path !== '/' && pathname.startsWith(`${path}/`)))
    .toSorted((a, b) => b.path.length - a.path.length)[0];

export function SideMenu({ entries }: { entries: readonly MenuEntry[] }): ReactNode {
  const t = useTexts(shellTexts);
  const word = useWord();
  const { pathname } = useLocation();
  const { menuFolded } = usePreferences();
  const items: MenuProps['items'] = GROUPS.flatMap((group): NonNullable<MenuProps['items']> => {
    const own = entries.filter((entry) => entry.group === group);
    if (own.length === 0) return [];
    const children = own.map(({ path, label, icon }) => ({
      key: path,
      icon,
      label: <Link to={path}>{word(label)}</Link>,
      title: word(label),
    }));
    return menuFolded || group === 'desk'
      ? children
      : [{ type: 'group' as const, key: group, label: t.groups[group], children }];
  });
  return (
    <nav className={menuFolded ? 'side-menu folded' : 'side-menu'} aria-label={t.menu}>
      <Menu
        mode="inline"
        inlineCollapsed={menuFolded}
        selectedKeys={[currentEntry(entries, pathname)?.path ?? '']}
        items={items}
      />
      <Button
        type="text"
        className="fold"
        icon={menuFolded ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
        aria-label={menuFolded ? t.unfoldMenu : t.foldMenu}
        onClick={() => preferences.set({ menuFolded: !menuFolded })}
      />
    </nav>
  );
}
