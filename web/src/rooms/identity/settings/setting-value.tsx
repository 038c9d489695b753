import type { ReactNode } from 'react';
import { useTexts } from '../../../shared/i18n/dictionary';
import { useLanguage } from '../../../shared/i18n/language';
import { texts } from './texts';

interface Entry {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
}
const isEntry = (value: unknown): value is Entry => typeof value === 'object' && value !== null && 'nameZh' in value;

/** Gives the short text of a value, for lists, exports and comparisons. */
export function useValueText(): (value: unknown) => string {
  const t = useTexts(texts);
  const language = useLanguage();
  const text = (value: unknown): string => {
    if (value === null || value === undefined) return t.notSet;
    if (typeof value === 'boolean') return value ? t.yes : t.no;
    if (typeof value === 'number') return String(value);
    if (typeof value === 'string') {
      const days = /^(\d+)wd$/.exec(value)?.[1];
      return days === undefined ? value : t.workingDays(days);
    }
    if (Array.isArray(value)) {
      const items = value as readonly unknown[];
      if (items.length === 0) return t.items(0);
      if (items.every(isEntry)) return items.map((item) => (language === 'zh' ? item.nameZh : item.nameEn)).join('、');
      if (items.every((item) => typeof item !== 'object')) return items.map(text).join('、');
      return t.items(items.length);
    }
    return Object.entries(value)
      .map(([key, one]) => `${key} ${text(one)}`)
      .join('，');
  };
  return text;
}

/** A value as people read it; what is built of parts can be unfolded to its very text. */
export function SettingValue({ value }: { value: unknown }): ReactNode {
  const text = useValueText();
  const isBuilt = typeof value === 'object' && value !== null && text(value).length > 60;
  if (!isBuilt) return <span className="setting-value">{text(value)}</span>;
  return (
    <details className="setting-value">
      <summary>
        {Array.isArray(value) && text(value).length > 60 ? `${text(value).slice(0, 56)}…` : text(value)}
      </summary>
      <pre>{JSON.stringify(value, null, 2)}</pre>
    </details>
  );
}
