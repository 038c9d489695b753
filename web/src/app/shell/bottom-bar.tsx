import { EllipsisOutlined } from '@ant-design/icons';
import { Drawer } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link, NavLink, useLocation } from 'react-router';
import { useTexts, useWord } from '../../shared/i18n/dictionary';
import type { MenuEntry } from '../room';
import { shellTexts } from '../texts';
import { currentEntry } from './side-menu';

/** Up to four pages under the thumb, the rest in a sheet. */
export function BottomBar({ entries }: { entries: readonly MenuEntry[] }): ReactNode {
  const t = useTexts(shellTexts);
  const word = useWord();
  const { pathname } = useLocation();
  const [openAt, setOpenAt] = useState<string | null>(null);
  const bar = entries
    .filter(({ phone }) => phone !== undefined)
    .toSorted((a, b) => (a.phone ?? 0) - (b.phone ?? 0))
    .slice(0, 4);
  const current = currentEntry(entries, pathname)?.path;
  return (
    <nav className="bottom-bar" aria-label={t.menu}>
      {bar.map(({ path, label, icon }) => (
        <NavLink key={path} to={path} end={path === '/'} className={current === path ? 'current' : ''}>
          {icon}
          <span>{word(label)}</span>
        </NavLink>
      ))}
      <button type="button" onClick={() => setOpenAt(pathname)} aria-haspopup="dialog">
        <EllipsisOutlined />
        <span>{t.more}</span>
      </button>
      <Drawer placement="bottom" size="large" open={openAt === pathname} onClose={() => setOpenAt(null)} title={t.menu}>
        <div className="menu-sheet">
          {entries.map(({ path, label, icon }) => (
            <Link key={path} to={path} className={current === path ? 'current' : ''} onClick={() => setOpenAt(null)}>
              {icon}
              <span>{word(label)}</span>
            </Link>
          ))}
        </div>
      </Drawer>
    </nav>
  );
}
