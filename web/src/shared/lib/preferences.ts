import { useSyncExternalStore } from 'react';

export type Language = 'zh' | 'en';
export type Density = 'small' | 'middle' | 'large';

/** What somebody chose for this browser. Nothing about people or cases is kept here. */
export interface Preferences {
  readonly language: Language;
  readonly largeType: boolean;
  readonly shortcuts: boolean;
  readonly menuFolded: boolean;
  readonly density: Density;
}

const KEY = 'chizheng.preferences';
const DEFAULTS: Preferences = {
  language: 'zh',
  largeType: false,
  shortcuts: true,
  menuFolded: false,
  density: 'middle',
};

function read(): Preferences {
  try {
    return { ...DEFAULTS, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>) };
  } catch {
    return DEFAULTS;
  }
}

let current = read();
const listeners = new Set<() => void>();

export const preferences = {
  get: (): Preferences => current,
  set(change: Partial<Preferences>): void {
    current = { ...current, ...change };
    try {
      localStorage.setItem(KEY, JSON.stringify(current));
    } catch {
      // A browser that keeps nothing: the choice holds until the page is left.
    }
    for (const listener of listeners) listener();
  },
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

export const usePreferences = (): Preferences => useSyncExternalStore(preferences.subscribe, preferences.get);
