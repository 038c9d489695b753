import { useEffect } from 'react';
import { useLanguage } from '../i18n/language';

/** The title of the window: the page, then the product. */
export function useTitle(title: string): void {
  const language = useLanguage();
  useEffect(() => {
    document.title = `${title} · ${language === 'zh' ? '持证' : 'Chizheng'}`;
  }, [title, language]);
}
