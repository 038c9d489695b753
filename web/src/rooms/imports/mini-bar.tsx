import type { ReactNode } from 'react';
import type { View } from '../../shared/api/client';
import { useTexts } from '../../shared/i18n/dictionary';
import { texts } from './texts';

const PARTS = ['created', 'updated', 'unchanged', 'failed', 'other'] as const;

/** Rows of an import by what became of them; rows with an error count as failed. */
export function partsOf(counts: View<'ImportCountsView'>): Readonly<Record<(typeof PARTS)[number], number>> {
  const { created, updated, unchanged } = counts;
  const failed = counts.failed + counts.invalid;
  return { created, updated, unchanged, failed, other: counts.total - created - updated - unchanged - failed };
}

/** The counts as one thin bar with its words below: nothing is told by colour alone. */
export function MiniBar({ counts }: { counts: View<'ImportCountsView'> }): ReactNode {
  const t = useTexts(texts);
  const parts = partsOf(counts);
  const shown = PARTS.filter((part) => parts[part] > 0);
  if (shown.length === 0) return <span className="none">–</span>;
  return (
    <div className="import-bar">
      <div className="import-bar-line" aria-hidden="true">
        {shown.map((part) => (
          <span key={part} className={`import-bar-${part}`} style={{ flexGrow: parts[part] }} />
        ))}
      </div>
      <span className="hint">{shown.map((part) => `${t.cells[part]} ${parts[part]}`).join(' · ')}</span>
    </div>
  );
}

/** The same as one text, for exports. */
export function useCountsText(): (counts: View<'ImportCountsView'>) => string {
  const t = useTexts(texts);
  return (counts) => {
    const parts = partsOf(counts);
    return PARTS.filter((part) => parts[part] > 0)
      .map((part) => `${t.cells[part]} ${parts[part]}`)
      .join(' ');
  };
}
