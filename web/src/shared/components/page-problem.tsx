import type { ReactNode } from 'react';
import { PageHeader } from './page-header';
import { ProblemAlert } from './problem-alert';

/** Instead of a page whose record could not be read: where one is and the way back, and what failed. */
export function PageProblem({ error, onRetry }: { error: unknown; onRetry: () => void }): ReactNode {
  return (
    <>
      <PageHeader />
      <ProblemAlert error={error} onRetry={onRetry} />
    </>
  );
}
