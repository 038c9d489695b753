import { Modal, Switch, Flex } from 'antd';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { dictionary, useTexts, useWord } from '../../shared/i18n/dictionary';
import { useKeys } from '../../shared/hooks/use-keys';
import { preferences, usePreferences } from '../../shared/lib/preferences';
import type { MenuEntry } from '../room';

const texts = dictionary(
  {
    title: '键盘快捷键',
    enabled: '使用单键快捷键',
    search: '跳到搜索框',
    go: (page: string) => `前往「${page}」`,
    rows: '列表：下一行 / 上一行',
    select: '列表：选择当前行',
    open: '列表：打开当前行',
    submit: '提交',
    close: '关闭',
    help: '显示此帮助',
  },
  {
    title: 'Keyboard shortcuts',
    enabled: 'Use single-key shortcuts',
    search: 'Go to the search box',
    go: (page) => `Go to “${page}”`,
    rows: 'Lists: next / previous row',
    select: 'Lists: select the row',
    open: 'Lists: open the row',
    submit: 'Submit',
    close: 'Close',
    help: 'Show this help',
  },
);

/** Event by which any part of the shell opens the help. */
export const SHOW_SHORTCUTS = 'chizheng:show-shortcuts';

/** `/` searches, `g` and a letter goes to a page, `?` explains. */
export function Keyboard({ entries }: { entries: readonly MenuEntry[] }): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const navigate = useNavigate();
  const { shortcuts } = usePreferences();
  const [open, setOpen] = useState(false);
  const goSince = useRef(0);
  useEffect(() => {
    const show = (): void => setOpen(true);
    window.addEventListener(SHOW_SHORTCUTS, show);
    return () => window.removeEventListener(SHOW_SHORTCUTS, show);
  }, []);
  const lettered = entries.filter(({ letter }) => letter !== undefined);
  const letters = Object.fromEntries(
    lettered.map(({ letter, path }) => [
      letter as string,
      () => {
        if (performance.now() - goSince.current > 1500) return;
        goSince.current = 0;
        void navigate(path);
      },
    ]),
  );
  useKeys({
    ...letters,
    '/': () => document.querySelector<HTMLElement>('main [data-search] input, main input[type="search"]')?.focus(),
    '?': () => setOpen(true),
  });
  // Before the letters, so that `g` `g` is never mistaken.
  useKeys({
    g: () => {
      goSince.current = performance.now();
    },
  });
  const lines: readonly (readonly [string, string])[] = [
    ['/', t.search],
    ...lettered.map(({ letter, label }) => [`g ${letter}`, t.go(word(label))] as const),
    ['j / k', t.rows],
    ['x', t.select],
    ['Enter', t.open],
    ['Ctrl + Enter', t.submit],
    ['Esc', t.close],
    ['?', t.help],
  ];
  return (
    <Modal open={open} onCancel={() => setOpen(false)} footer={null} title={t.title}>
      <Flex align="center" gap="small" className="shortcut-switch">
        <Switch
          checked={shortcuts}
          onChange={(checked) => preferences.set({ shortcuts: checked })}
          aria-label={t.enabled}
        />
        <span>{t.enabled}</span>
      </Flex>
      <dl className="shortcuts">
        {lines.map(([keys, what]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
