import { useTexts } from '../../shared/i18n/dictionary';
import { texts } from './texts';

/** The five screens of an import, for the bar above them. */
export function useStepItems(): { title: string }[] {
  const t = useTexts(texts);
  return [t.step1, t.step2, t.step3, t.step4, t.step5].map((title) => ({ title }));
}
