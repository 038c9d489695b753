import type { ReactNode } from 'react';
import type { View } from '../../shared/api/client';
import { Status } from '../../shared/components/status';
import { useTexts } from '../../shared/i18n/dictionary';
import { texts } from './texts';

const CLOCKS = { GREEN: 'ok', AMBER: 'soon', RED: 'stop' } as const;

/** Until when the present level has to be done with it; green, amber from 80 % on, red when over. */
export function ApplicationClock({ of }: { of: View<'ApplicationView'> }): ReactNode {
  const t = useTexts(texts);
  if (of.clock === null || of.dueOn === null) return <span className="none">–</span>;
  return (
    <Status kind={CLOCKS[of.clock]}>{t.due(of.dueOn, of.workingDaysUsed ?? 0, of.workingDaysAllowed ?? 0)}</Status>
  );
}
