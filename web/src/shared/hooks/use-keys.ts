import { useEffect, useEffectEvent } from 'react';
import { usePreferences } from '../lib/preferences';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.closest('input, textarea, select, [role="combobox"], [role="textbox"]') !== null);

const nameOf = (event: KeyboardEvent): string =>
  `${event.ctrlKey || event.metaKey ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${
    event.shiftKey && event.key.length > 1 ? 'Shift+' : ''
  }${event.key.length === 1 && !event.shiftKey ? event.key.toLowerCase() : event.key}`;

/**
 * Keys of a page: `{ j: next, 'Ctrl+Enter': submit, F8: … }`. Single letters rest while somebody types, while a dialog is open,
 * and where the person switched them off.
 */
export function useKeys(keys: Readonly<Record<string, (event: KeyboardEvent) => void>>, active = true): void {
  const { shortcuts } = usePreferences();
  const handle = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const name = nameOf(event);
    const action = keys[name];
    if (!action) return;
    const single = !event.ctrlKey && !event.metaKey && !event.altKey && !/^(Shift\+)?F\d/.test(name);
    if (single && (!shortcuts || isTyping(event.target))) return;
    // A dialog has the keyboard for itself.
    if (single && document.querySelector('.ant-modal-wrap:not([style*="display: none"])')) return;
    // Enter and Space belong to the button or link that has the focus.
    if (
      (name === 'Enter' || name === ' ') &&
      event.target instanceof HTMLElement &&
      event.target.closest('a, button, [role="button"], [role="menuitem"], [role="tab"]')
    ) {
      return;
    }
    event.preventDefault();
    action(event);
  });
  useEffect(() => {
    if (!active) return undefined;
    const listener = (event: KeyboardEvent): void => handle(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, [active]);
}
