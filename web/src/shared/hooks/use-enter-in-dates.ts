import { useEffect } from 'react';

/**
 * Enter in a date field takes the date that was typed, and no more: without this the browser would send the whole form with it,
 * half filled in or for a second time. One listener serves every date field of the pages, also those in dialogs.
 */
export function useEnterInDates(): void {
  useEffect(() => {
    const keep = (event: KeyboardEvent): void => {
      const { target } = event;
      if (event.key === 'Enter' && target instanceof HTMLInputElement && target.closest('.ant-picker')) {
        event.preventDefault();
      }
    };
    document.addEventListener('keydown', keep, true);
    return () => document.removeEventListener('keydown', keep, true);
  }, []);
}
