import { Alert, Button, Flex, Select, Table, Tag } from 'antd';
import { useState, type ReactNode } from 'react';
import { api, body, ifMatch, type View } from '../../shared/api/client';
import { useCommand } from '../../shared/api/command';
import { PersonalData } from '../../shared/components/watermark';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { useTexts, useWord } from '../../shared/i18n/dictionary';
import { BulkFixes } from './bulk-fixes';
import type { Import } from './kinds';
import { useFirstRows } from './layout-step';
import { HOW_WORDS } from './states';
import { wizardTexts } from './wizard-texts';

type Heading = View<'ImportHeadingView'>;
const SAMPLES = 3;

/** By its letter, except where another column is headed by that very letter: the server looks at headings first. */
const nameOf = (wanted: Heading, all: readonly Heading[]): string =>
  all.some(({ heading, letter }) => heading === wanted.letter && letter !== wanted.letter)
    ? wanted.heading
    : wanted.letter;

/** P11, third screen: which column of the file fills which field, and why the system thinks so. */
export function MappingStep({
  record,
  onSent,
  onBack,
}: {
  record: Import;
  onSent: () => void;
  onBack: () => void;
}): ReactNode {
  const t = useTexts(wizardTexts);
  const word = useWord();
  const { rows, cell, error } = useFirstRows(record);
  const before = new Map(record.mapping.map(({ letter, field }) => [letter, field]));
  const [fields, setFields] = useState<ReadonlyMap<string, string>>(before);
  const frozen = record.round > 1;
  const send = useCommand({
    run: (columns: Record<string, string | null>) =>
      body(
        api.PATCH('/api/v1/imports/{id}/mapping', {
          params: { path: { id: record.id }, header: ifMatch(record.version) },
          body: { columns },
        }),
      ),
    refresh: [['imports']],
    done: onSent,
  });

  const choose = (letter: string, field: string | undefined): void => {
    const next = new Map(fields);
    // One column fills one field: it is taken from where it was.
    for (const [other, taken] of next) if (taken === field) next.delete(other);
    if (field === undefined) next.delete(letter);
    else next.set(letter, field);
    setFields(next);
  };
  const submit = (): void => {
    const letterOf = new Map([...fields].map(([letter, field]) => [field, letter]));
    const columns: Record<string, string | null> = {};
    for (const { field } of record.fields) {
      const was = record.mapping.find((column) => column.field === field)?.letter;
      const is = letterOf.get(field);
      if (was === is) continue;
      const heading = record.headings.find(({ letter }) => letter === is);
      columns[field] = heading === undefined ? null : nameOf(heading, record.headings);
    }
    send.run(columns);
  };

  const taken = new Set(fields.values());
  const headingOf = new Map(record.fields.map(({ field, heading }) => [field, heading]));
  const missing = record.fields.filter(({ field, required }) => required && !taken.has(field));
  const unclear = record.ambiguous.filter(({ field }) => !taken.has(field));
  const leftOut = record.headings.filter(({ letter }) => !fields.has(letter));
  const names = (list: readonly string[]): string => list.join('、');
  const changed = fields.size !== before.size || [...fields].some(([letter, field]) => before.get(letter) !== field);

  return (
    <section className="panel">
      <p className="hint">{frozen ? t.frozen : t.mappingHint}</p>
      <ProblemAlert error={send.problem} />
      <ProblemAlert error={error} />
      <div role="status">
        {missing.length > 0 && (
          <Alert
            type="error"
            showIcon
            className="import-alert"
            title={t.missing(names(missing.map(({ heading }) => heading)))}
          />
        )}
        {unclear.length > 0 && (
          <Alert
            type="warning"
            showIcon
            className="import-alert"
            title={t.ambiguous(
              names(
                unclear.map(
                  ({ field, columns }) =>
                    `${headingOf.get(field) ?? field}（${columns.map(({ letter }) => letter).join('、')}）`,
                ),
              ),
            )}
          />
        )}
      </div>
      <PersonalData>
        <Table<Heading>
          size="small"
          rowKey="letter"
          pagination={false}
          scroll={{ x: 'max-content' }}
          dataSource={record.headings}
          columns={[
            {
              key: 'column',
              title: t.column,
              render: (_, { letter, heading }) => (
                <>
                  <Tag>{letter}</Tag> {heading}
                </>
              ),
            },
            {
              key: 'samples',
              title: t.samples,
              render: (_, { letter }) => {
                const samples = rows.map((row) => cell(row, letter)).filter((text) => text !== '');
                return <span className="hint">{[...new Set(samples)].slice(0, SAMPLES).join(' / ') || '–'}</span>;
              },
            },
            {
              key: 'field',
              title: t.field,
              render: (_, { letter, heading }) => (
                <Select
                  className="import-field"
                  aria-label={`${heading} → ${t.field}`}
                  allowClear
                  showSearch={{ optionFilterProp: 'label' }}
                  disabled={frozen || send.busy}
                  placeholder={t.leftOut}
                  value={fields.get(letter)}
                  onChange={(field: string | undefined) => choose(letter, field)}
                  options={record.fields.map(({ field, heading: label, required }) => ({
                    value: field,
                    label: required ? `${label}（${t.required}）` : label,
                  }))}
                />
              ),
            },
            {
              key: 'why',
              title: t.why,
              render: (_, { letter }) => {
                const mapped = record.mapping.find((column) => column.letter === letter);
                const how =
                  mapped && fields.get(letter) === mapped.field ? mapped.how : fields.has(letter) ? 'CHOSEN' : null;
                const found = how === null ? undefined : HOW_WORDS[how];
                return found ? <Tag color={found[0]}>{word(found[1])}</Tag> : <span className="none">–</span>;
              },
            },
          ]}
        />
      </PersonalData>
      {leftOut.length > 0 && <p className="hint">{t.ignored(names(leftOut.map(({ heading }) => heading)))}</p>}
      {record.status === 'VALIDATED' && !changed && <BulkFixes record={record} title={t.unknownValues} />}
      <Flex justify="space-between" className="import-foot">
        <Button onClick={onBack}>{t.back}</Button>
        <Button
          type="primary"
          loading={send.busy}
          disabled={frozen || missing.length > 0 || (!changed && record.status === 'VALIDATED')}
          onClick={submit}
        >
          {t.confirmMapping}
        </Button>
      </Flex>
    </section>
  );
}
