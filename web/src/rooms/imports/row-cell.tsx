import { CloseCircleFilled, ExclamationCircleFilled, InfoCircleOutlined } from '@ant-design/icons';
import { Input, Select, type InputRef, type RefSelectProps } from 'antd';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { api, body, ifMatch, type View } from '../../shared/api/client';
import { useCommand, type Command } from '../../shared/api/command';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { useTexts } from '../../shared/i18n/dictionary';
import type { Import, Row } from './kinds';
import { wizardTexts } from './wizard-texts';

type Field = View<'ImportFieldView'>;
type RowProblem = View<'RowProblemView'>;

const ICONS: Readonly<Record<RowProblem['level'], ReactNode>> = {
  ERROR: <CloseCircleFilled />,
  WARNING: <ExclamationCircleFilled />,
  NOTE: <InfoCircleOutlined />,
};

/** The drop-down's word, not its code. */
export const meantBy = (options: Field['options'], read = ''): string =>
  options.find(({ code }) => code === read)?.zh ?? read;

/** What there is to say about a cell or a row, in words: red error, amber warning, grey note. */
export function ProblemList({ problems }: { problems: readonly RowProblem[] }): ReactNode {
  if (problems.length === 0) return null;
  return (
    <ul className="import-problems">
      {problems.map(({ code, level, detail }, at) => (
        <li key={`${code}-${at}`} className={`import-level-${level.toLowerCase()}`}>
          <span aria-hidden="true">{ICONS[level]}</span> {detail}
        </li>
      ))}
    </ul>
  );
}

type Correction = View<'CorrectRowDto'>;

/** Writes corrections of one row over what was uploaded, or leaves the row out; the original row stays. */
export function useCorrection(record: Import, row: Row, done?: () => void): Command<Correction, Row> {
  return useCommand({
    run: (correction: Correction) =>
      body(
        api.PATCH('/api/v1/imports/{id}/rows/{rowNumber}', {
          params: { path: { id: record.id, rowNumber: row.rowNumber }, header: ifMatch(record.version) },
          body: correction,
        }),
      ),
    refresh: [['imports']],
    done: () => done?.(),
  });
}

/** Personal values come masked: what is shown must never be written back. */
const isMasked = (field: Field, text: string): boolean => field.cell === 'id-number' || text.includes('*');

/** One cell: as it is read, what the file says where that differs, what is wrong with it; click, Enter or F2 to correct it. */
export function RowCell({
  record,
  row,
  field,
  editable,
}: {
  record: Import;
  row: Row;
  field: Field;
  editable: boolean;
}): ReactNode {
  const t = useTexts(wizardTexts);
  const [editing, setEditing] = useState(false);
  const raw = row.raw[field.field] ?? '';
  const read = row.normalised[field.field] ?? '';
  const problems = row.problems.filter(({ column }) => column === field.field);
  const bad = problems.some(({ level }) => level === 'ERROR');
  const meant = meantBy(field.options, read);
  const text = meant === '' ? raw : meant;
  const corrected = row.corrected.includes(field.field);
  const content = (
    <>
      <span className={text === '' ? 'none' : 'code'}>{text === '' ? t.blank : text}</span>
      {raw !== '' && meant !== '' && raw !== meant && <span className="hint import-raw">{t.fromFile(raw)}</span>}
      {corrected && <span className="hint import-raw">{t.corrected}</span>}
    </>
  );
  if (editing) return <CellEditor record={record} row={row} field={field} onClose={() => setEditing(false)} />;
  return (
    <>
      {editable && row.state !== 'IGNORED' ? (
        <button
          type="button"
          className={bad ? 'import-cell import-cell-bad' : 'import-cell'}
          {...(bad ? { 'data-bad': '' } : {})}
          onClick={() => setEditing(true)}
          onKeyDown={(event) => {
            if (event.key === 'F2') setEditing(true);
          }}
        >
          <span className="visually-hidden">{t.edit(row.rowNumber, field.heading)}: </span>
          {content}
        </button>
      ) : (
        <span className="import-cell-plain">{content}</span>
      )}
      <ProblemList problems={problems} />
    </>
  );
}

function CellEditor({
  record,
  row,
  field,
  onClose,
}: {
  record: Import;
  row: Row;
  field: Field;
  onClose: () => void;
}): ReactNode {
  const t = useTexts(wizardTexts);
  const known = row.raw[field.field] ?? '';
  const now = row.corrected.includes(field.field) ? (row.normalised[field.field] ?? '') : known;
  const masked = isMasked(field, now) || isMasked(field, known);
  const [text, setText] = useState(masked ? '' : now);
  const input = useRef<InputRef>(null);
  const select = useRef<RefSelectProps>(null);
  const correct = useCorrection(record, row, onClose);
  useEffect(() => {
    input.current?.focus({ cursor: 'all' });
    select.current?.focus();
  }, []);
  const save = (value: string): void => {
    // Nothing typed over a masked value is no wish to empty it.
    if ((masked && value.trim() === '') || (!masked && value === now)) onClose();
    else correct.run({ values: { [field.field]: value } });
  };
  const label = t.edit(row.rowNumber, field.heading);
  return (
    <div className="import-editor">
      {field.options.length > 0 && !masked ? (
        <Select
          ref={select}
          defaultOpen
          aria-label={label}
          className="import-field"
          loading={correct.busy}
          value={field.options.find(({ code, zh }) => code === text || zh === text)?.zh}
          onChange={(value: string) => {
            setText(value);
            save(value);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Escape') onClose();
          }}
          options={field.options.map(({ zh }) => ({ value: zh, label: zh }))}
        />
      ) : (
        <Input
          ref={input}
          size="small"
          aria-label={label}
          value={text}
          disabled={correct.busy}
          autoComplete="off"
          placeholder={masked ? t.masked : undefined}
          onChange={(event) => setText(event.target.value)}
          onPressEnter={() => save(text)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') onClose();
          }}
        />
      )}
      <ProblemAlert error={correct.problem} />
    </div>
  );
}
