import { Button, Flex, Progress, Spin } from 'antd';
import { useState, type ReactNode } from 'react';
import { api, body, idempotent } from '../../shared/api/client';
import { useCommand } from '../../shared/api/command';
import { ConfirmDanger } from '../../shared/components/confirm-danger';
import { useTexts } from '../../shared/i18n/dictionary';
import type { Summary } from './kinds';
import { texts } from './texts';

const number = (value: number): string => value.toLocaleString('en-US');

/** How far it is: rows, rate, time left. The figures come from the server and survive a reload. */
export function LiveProgress({ of: { status, progress, fileName } }: { of: Summary }): ReactNode {
  const t = useTexts(texts);
  const { doneRows, totalRows, percent, rowsPerSecond, secondsLeft } = progress;
  const words: Readonly<Record<string, string>> = t.progress;
  const facts = [
    totalRows > 0 ? t.rows(number(doneRows), number(totalRows)) : doneRows > 0 ? t.rowsRead(number(doneRows)) : null,
    rowsPerSecond > 0 ? t.rate(number(Math.round(rowsPerSecond))) : null,
    secondsLeft === null
      ? null
      : t.left(secondsLeft < 90 ? t.seconds(Math.ceil(secondsLeft)) : t.minutes(Math.ceil(secondsLeft / 60))),
  ].filter((fact) => fact !== null);
  const known = totalRows > 0;
  return (
    <div className="import-progress">
      <strong>{words[status] ?? status}</strong>
      {known ? (
        <Progress
          percent={Math.floor(percent)}
          status="active"
          aria-label={`${fileName}: ${words[status] ?? status}`}
        />
      ) : (
        // A full bar would say that it is done while nobody knows yet how many rows there are.
        <Spin size="small" />
      )}
      <div role="status" className="hint">
        {facts.join(' · ')}
      </div>
    </div>
  );
}

/** Stops an import. Before the commit nothing was written; a running commit stops after the rows at hand. */
export function CancelImport({ of: record }: { of: Summary }): ReactNode {
  const t = useTexts(texts);
  const [open, setOpen] = useState(false);
  const cancel = useCommand({
    run: (_: null, key) =>
      body(api.POST('/api/v1/imports/{id}/cancel', { params: { path: { id: record.id } }, headers: idempotent(key) })),
    refresh: [['imports']],
    done: () => setOpen(false),
  });
  const committing = record.status === 'COMMITTING';
  return (
    <>
      <Button danger onClick={() => setOpen(true)}>
        {t.cancel}
      </Button>
      <ConfirmDanger
        open={open}
        title={t.cancel}
        confirm={t.cancel}
        consequence={committing ? t.cancelFollowsCommit : t.cancelFollows}
        answers={[
          { label: t.file, value: record.fileName },
          { label: t.done, value: t.rows(number(record.progress.doneRows), number(record.progress.totalRows)) },
        ]}
        busy={cancel.busy}
        error={cancel.problem}
        onConfirm={() => cancel.run(null)}
        onCancel={() => {
          cancel.clear();
          setOpen(false);
        }}
      />
    </>
  );
}

/** The panel of a running import: progress, that one may leave, cancel. */
export function RunningPanel({ of: record }: { of: Summary }): ReactNode {
  const t = useTexts(texts);
  return (
    <section className="panel">
      <LiveProgress of={record} />
      <Flex justify="space-between" align="center" gap="middle" wrap className="import-foot">
        <span className="hint">{t.leave}</span>
        <CancelImport of={record} />
      </Flex>
    </section>
  );
}
