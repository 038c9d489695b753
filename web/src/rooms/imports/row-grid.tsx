import { Button } from 'antd';
import { useRef, useState, type ReactNode } from 'react';
import { api, body } from '../../shared/api/client';
import { StatusOf } from '../../shared/components/status';
import { useKeys } from '../../shared/hooks/use-keys';
import { usePhone } from '../../shared/hooks/use-phone';
import { useTexts, useWord } from '../../shared/i18n/dictionary';
import { DataTable } from '../../shared/table/data-table';
import type { Import, Row } from './kinds';
import { ProblemList, RowCell } from './row-cell';
import { RowDrawer } from './row-drawer';
import { PLANNED_WORDS, ROW_WORDS } from './states';
import { wizardTexts } from './wizard-texts';

/** The rows of an import, a page at a time from the server. Before the commit their cells can be corrected in place. */
export function RowGrid({ record, filter }: { record: Import; filter: Readonly<Record<string, string>> }): ReactNode {
  const t = useTexts(wizardTexts);
  const word = useWord();
  const phone = usePhone();
  const [open, setOpen] = useState<Row | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const editable = record.status === 'VALIDATED' && !phone;
  const jump = (by: 1 | -1): void => {
    const bad = [...(box.current?.querySelectorAll<HTMLElement>('[data-bad]') ?? [])];
    if (bad.length === 0) return;
    const at = bad.findIndex((cell) => cell === document.activeElement || cell.contains(document.activeElement));
    const next = bad[at === -1 ? (by === 1 ? 0 : bad.length - 1) : (at + by + bad.length) % bad.length];
    next?.focus();
    next?.scrollIntoView({ block: 'center', inline: 'nearest' });
  };
  useKeys({ F8: () => jump(1), 'Shift+F8': () => jump(-1) });

  // Columns that the file has, and those that somebody filled in by hand.
  const mapped = new Set(record.mapping.map(({ field }) => field));
  const fields = record.fields.filter(({ field }) => mapped.size === 0 || mapped.has(field));
  return (
    <div ref={box} className="import-grid">
      <DataTable<Row>
        id={`import-rows-${record.kind}`}
        name={t.rows}
        queryKey={['imports', 'rows', record.id, record.version]}
        personal
        exportable={false}
        defaultPageSize={100}
        urlPrefix="row-"
        fixed={filter}
        load={async ({ limit, cursor, filters }, signal) =>
          body(
            api.GET('/api/v1/imports/{id}/rows', {
              params: {
                path: { id: record.id },
                query: { limit, ...(cursor === undefined ? {} : { cursor }), ...filters },
              },
              signal,
            }),
          )
        }
        rowKey={({ rowNumber }) => String(rowNumber)}
        rowName={({ rowNumber }) => t.rowTitle(rowNumber)}
        onOpen={setOpen}
        columns={[
          {
            key: 'row-number',
            title: t.rowNo,
            pinned: true,
            // The title of a card is a button already.
            render: (row) =>
              phone ? (
                row.rowNumber
              ) : (
                <Button
                  type="link"
                  size="small"
                  aria-label={`${t.inspect} ${t.rowTitle(row.rowNumber)}`}
                  onClick={() => setOpen(row)}
                >
                  {row.rowNumber}
                </Button>
              ),
            card: 'title',
          },
          {
            key: 'row-state',
            title: t.state,
            render: ({ state, planned }) => (
              <>
                <StatusOf value={state} of={ROW_WORDS} />
                {planned !== null && (state === 'VALID' || state === 'WARNING') && (
                  <div className="hint">{word(PLANNED_WORDS[planned] ?? { zh: planned, en: planned })}</div>
                )}
              </>
            ),
            card: 'badge',
          },
          ...fields.map((field) => ({
            key: field.field,
            title: field.heading,
            render: (row: Row) => <RowCell record={record} row={row} field={field} editable={editable} />,
          })),
          {
            key: 'row-problems',
            title: t.problem,
            render: (row) => (
              <ProblemList
                problems={row.problems.filter(
                  ({ column }) => column === null || !fields.some((one) => one.field === column),
                )}
              />
            ),
          },
        ]}
      />
      {open && <RowDrawer record={record} row={open} onClose={() => setOpen(null)} />}
    </div>
  );
}
