import { usePreferences, type Language } from '../lib/preferences';

export type { Language };

export const useLanguage = (): Language => usePreferences().language;
