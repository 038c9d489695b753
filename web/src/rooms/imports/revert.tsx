import { useQuery } from '@tanstack/react-query';
import { Alert, App, Modal } from 'antd';
import type { ReactNode } from 'react';
import { api, body, idempotent, type View } from '../../shared/api/client';
import { useCommand } from '../../shared/api/command';
import { ConfirmDanger } from '../../shared/components/confirm-danger';
import { PageSkeleton } from '../../shared/components/page-skeleton';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { useTexts, useWord } from '../../shared/i18n/dictionary';
import { batchTexts } from './batch-texts';
import type { Import } from './kinds';
import { texts } from './texts';

const LISTED = 20;

/** Takes an import back: first what would be undone, which rows stay and why, then the count to type. */
export function Revert({ record, onClose }: { record: Import; onClose: () => void }): ReactNode {
  const t = useTexts(batchTexts);
  const shared = useTexts(texts);
  const { message } = App.useApp();
  const trial = useQuery({
    queryKey: ['imports', 'revert-trial', record.id, record.version],
    gcTime: 0,
    queryFn: () =>
      body(api.POST('/api/v1/imports/{id}/revert', { params: { path: { id: record.id }, query: { dryRun: true } } })),
  });
  const revert = useCommand({
    run: (_: null, key) =>
      body(
        api.POST('/api/v1/imports/{id}/revert', {
          params: { path: { id: record.id }, query: { dryRun: false } },
          headers: idempotent(key),
        }),
      ),
    refresh: [['imports'], ['officers'], ['exams'], ['training'], ['certificates']],
    done: ({ reverted }) => {
      void message.success(t.revertDone(reverted));
      onClose();
    },
  });
  const found = trial.data;
  if (!found || found.reverted === 0) {
    return (
      <Modal open title={t.revert} footer={null} onCancel={onClose} width={560}>
        <ProblemAlert error={trial.error} onRetry={() => void trial.refetch()} />
        {trial.isPending && (
          <>
            <p className="hint">{t.checkingRevert}</p>
            <PageSkeleton rows={3} />
          </>
        )}
        {found && (
          <>
            <Alert type="warning" showIcon title={t.allLocked} />
            <Locks of={found} />
          </>
        )}
      </Modal>
    );
  }
  return (
    <ConfirmDanger
      open
      title={t.revert}
      confirm={t.revert}
      consequence={t.revertFollows}
      typed={found.reverted}
      busy={revert.busy}
      error={revert.problem}
      answers={[
        { label: shared.file, value: record.fileName },
        { label: t.reverted, value: found.reverted },
        { label: t.locked, value: found.lockedRows },
      ]}
      onConfirm={() => revert.run(null)}
      onCancel={onClose}
    >
      <Locks of={found} />
    </ConfirmDanger>
  );
}

/** Rows that stay, why, and in which order their locks could be undone. */
function Locks({ of: { locked, lockedRows, steps } }: { of: View<'RevertView'> }): ReactNode {
  const t = useTexts(batchTexts);
  const word = useWord();
  if (lockedRows === 0) return null;
  return (
    <div className="import-locks">
      {steps.length > 0 && (
        <>
          <p>{t.stepsFirst}</p>
          <ol>
            {steps.map((step) => (
              <li key={step.code}>
                {word(step)}（{t.stepRows(step.rows)}）
              </li>
            ))}
          </ol>
        </>
      )}
      <p>{t.lockedWhy}</p>
      <ul>
        {locked.slice(0, LISTED).map(({ rowNumber, problems }) => (
          <li key={rowNumber}>
            {t.rowAt(rowNumber)}：{problems.map(({ detail }) => detail).join(' ')}
          </li>
        ))}
      </ul>
      {lockedRows > LISTED && <p className="hint">{t.more(lockedRows - Math.min(LISTED, locked.length))}</p>}
    </div>
  );
}
