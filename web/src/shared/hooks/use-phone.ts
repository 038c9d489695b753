import { useCallback, useSyncExternalStore } from 'react';

const PHONE = '(max-width: 767.98px)';

/** Whether a media query holds, also when that changes. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const media = window.matchMedia(query);
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}

/** True on screens narrower than 768 px. */
export const usePhone = (): boolean => useMedia(PHONE);
