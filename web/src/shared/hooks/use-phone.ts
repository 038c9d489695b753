import { useSyncExternalStore } from 'react';

const PHONE = '(max-width: 767.98px)';

/** True on screens narrower than 768 px. */
export function usePhone(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const query = window.matchMedia(PHONE);
      query.addEventListener('change', listener);
      return () => query.removeEventListener('change', listener);
    },
    () => window.matchMedia(PHONE).matches,
  );
}
