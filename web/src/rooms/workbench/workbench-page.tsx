import type { ReactNode } from 'react';
import { useMe } from '../../shared/api/session';
import { PageHeader } from '../../shared/components/page-header';
import { useTexts } from '../../shared/i18n/dictionary';
import { texts } from './texts';

/** What there is to do now, by role. */
export function Component(): ReactNode {
  const t = useTexts(texts);
  const me = useMe();
  return <PageHeader title={t.greeting(me.displayName)}>{t.lead}</PageHeader>;
}
