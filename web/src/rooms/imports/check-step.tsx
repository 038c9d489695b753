import { Button, Flex } from 'antd';
import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { usePhone } from '../../shared/hooks/use-phone';
import { useTexts, useWord } from '../../shared/i18n/dictionary';
import { BulkFixes } from './bulk-fixes';
import { useConsequences } from './consequences';
import type { Import } from './kinds';
import { RowGrid } from './row-grid';
import { causeWords } from './states';
import { wizardTexts } from './wizard-texts';

type Filter = Readonly<Record<string, string>>;

/** P11, fourth screen: what would happen as tiles that filter, causes on the left, rows to correct in the middle. */
export function CheckStep({ record, onNext }: { record: Import; onNext: () => void }): ReactNode {
  const t = useTexts(wizardTexts);
  const phone = usePhone();
  const [params, setParams] = useSearchParams();
  // In the address: mending a word has the server check everything again, and the list stays open meanwhile.
  const bulk = params.get('bulk') === 'open';
  const consequences = useConsequences(record);
  const planned = consequences.data?.rows;
  const { counts } = record;
  const tiles: readonly { key: string; label: string; count: number | undefined; filter: Filter }[] = [
    { key: 'all', label: t.all, count: counts.total, filter: {} },
    { key: 'created', label: t.created, count: planned?.created, filter: { planned: 'CREATED' } },
    { key: 'updated', label: t.updated, count: planned?.updated, filter: { planned: 'UPDATED' } },
    { key: 'unchanged', label: t.unchanged, count: planned?.unchanged, filter: { planned: 'UNCHANGED' } },
    { key: 'warning', label: t.warning, count: counts.warning, filter: { state: 'WARNING' } },
    { key: 'invalid', label: t.invalid, count: counts.invalid, filter: { state: 'INVALID' } },
    { key: 'ignored', label: t.ignoredRows, count: counts.ignored, filter: { state: 'IGNORED' } },
  ];
  const shown = params.get('show') ?? (counts.invalid > 0 ? 'invalid' : 'all');
  const cause = params.get('cause');
  const filter: Filter = {
    ...(tiles.find(({ key }) => key === shown)?.filter ?? {}),
    ...(cause === null ? {} : { cause }),
  };
  // A new filter begins at its first page: the cursor of the old one goes with the rest of the address.
  const show = (key: string, code?: string): void =>
    setParams(
      { step: 'check', show: key, ...(code === undefined ? {} : { cause: code }), ...(bulk ? { bulk: 'open' } : {}) },
      { replace: true },
    );
  const toggleBulk = (): void =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        if (bulk) after.delete('bulk');
        else after.set('bulk', 'open');
        return after;
      },
      { replace: true },
    );
  return (
    <>
      <div className="import-tiles" role="group" aria-label={t.rows}>
        {tiles.map(({ key, label, count }) => (
          <button
            key={key}
            type="button"
            className={`import-tile import-tile-${key}`}
            aria-pressed={shown === key}
            onClick={() => show(key)}
          >
            <strong>{count === undefined ? '…' : count.toLocaleString('en-US')}</strong>
            <span>{label}</span>
          </button>
        ))}
      </div>
      <ProblemAlert error={consequences.error} onRetry={() => void consequences.refetch()} />
      <Flex justify="space-between" align="center" gap="small" wrap className="import-foot">
        <span className="hint">{phone ? '' : t.editHint}</span>
        <Flex gap="small">
          {counts.invalid > 0 && (
            <Button aria-expanded={bulk} onClick={toggleBulk}>
              {t.bulk}
            </Button>
          )}
          <Button type="primary" onClick={onNext}>
            {t.toConfirm}
          </Button>
        </Flex>
      </Flex>
      {bulk && counts.invalid > 0 && (
        <div className="panel">
          <BulkFixes record={record} title={t.bulk} />
        </div>
      )}
      <div className="import-check-grid">
        <Causes record={record} cause={cause} onCause={(code, key) => show(key, code)} shown={shown} />
        <RowGrid key={JSON.stringify(filter)} record={record} filter={filter} />
      </div>
    </>
  );
}

/** Rows by what is wrong with them: 「身份证号末位校验错 ×37」. */
export function Causes({
  record,
  cause,
  shown,
  onCause,
}: {
  record: Import;
  cause: string | null;
  shown: string;
  onCause: (code: string | undefined, show: string) => void;
}): ReactNode {
  const t = useTexts(wizardTexts);
  const word = useWord();
  const keyOf = (state: string): string => state.toLowerCase();
  return (
    <nav className="panel import-causes" aria-label={t.causes}>
      <h2>{t.causes}</h2>
      {record.causes.length === 0 && <p className="hint">{t.noCauses}</p>}
      <ul>
        {record.causes.length > 0 && (
          <li>
            <button type="button" aria-pressed={cause === null} onClick={() => onCause(undefined, shown)}>
              {t.allCauses}
            </button>
          </li>
        )}
        {record.causes.map(({ code, state, rows }) => (
          <li key={`${state}-${code}`}>
            <button
              type="button"
              className={`import-cause-${keyOf(state)}`}
              aria-pressed={cause === code && shown === keyOf(state)}
              onClick={() => onCause(code, keyOf(state))}
            >
              <span>{word(causeWords(code))}</span> <strong>×{rows}</strong>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
