import { useSyncExternalStore } from 'react';

export interface Connection {
  readonly online: boolean;
  /** When the server last answered. */
  readonly lastReachedAt: number | null;
}

let current: Connection = { online: true, lastReachedAt: null };
const listeners = new Set<() => void>();
const set = (next: Connection): void => {
  const changed = next.online !== current.online;
  current = next;
  if (changed) for (const listener of listeners) listener();
};

/** Whether the server answers, as the last request found it. */
export const connection = {
  reached: (): void => set({ online: true, lastReachedAt: Date.now() }),
  lost: (): void => set({ ...current, online: false }),
};

if (typeof window !== 'undefined') window.addEventListener('offline', () => connection.lost());

export const useConnection = (): Connection =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
