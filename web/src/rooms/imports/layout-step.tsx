import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Flex, Form, InputNumber, Select, Table } from 'antd';
import { useState, type ReactNode } from 'react';
import { api, body, ifMatch, type View } from '../../shared/api/client';
import { useCommand } from '../../shared/api/command';
import { PersonalData } from '../../shared/components/watermark';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { useTexts } from '../../shared/i18n/dictionary';
import type { Import, Row } from './kinds';
import { wizardTexts } from './wizard-texts';

const SHOWN = 12;
const ENCODINGS = ['UTF-8', 'GBK', 'GB18030', 'UTF-16'] as const;
type Change = View<'ChangeMappingDto'>;
type Separator = NonNullable<Change['separator']>;

/** The first rows as the file has them, under the letters of their columns. */
export function useFirstRows(record: Import): {
  rows: readonly Row[];
  cell: (row: Row, letter: string) => string;
  error: unknown;
} {
  const found = useQuery({
    queryKey: ['imports', 'first-rows', record.id, record.version],
    queryFn: () =>
      body(api.GET('/api/v1/imports/{id}/rows', { params: { path: { id: record.id }, query: { limit: SHOWN } } })),
  });
  // Once columns are mapped, the server names the cells by field, and keeps those that feed none to itself.
  const fieldOf = new Map(record.mapping.map(({ letter, field }) => [letter, field]));
  return {
    rows: found.data?.items ?? [],
    cell: (row, letter) => row.raw[fieldOf.get(letter) ?? letter] ?? row.raw[letter] ?? '',
    error: found.error,
  };
}

/** P11, second screen: sheet, header row, encoding and separator, over the first rows of the file. */
export function LayoutStep({
  record,
  onSent,
  onNext,
}: {
  record: Import;
  onSent: () => void;
  onNext: () => void;
}): ReactNode {
  const t = useTexts(wizardTexts);
  const [wish, setWish] = useState<Change>({});
  const frozen = record.round > 1;
  const send = useCommand({
    run: (change: Change) =>
      body(
        api.PATCH('/api/v1/imports/{id}/mapping', {
          params: { path: { id: record.id }, header: ifMatch(record.version) },
          body: change,
        }),
      ),
    refresh: [['imports']],
    done: onSent,
  });
  const changed = Object.keys(wish).length > 0;
  const text = record.encoding !== null || record.separator !== null;
  return (
    <section className="panel">
      <p className="hint">{frozen ? t.frozen : t.layoutHint}</p>
      <ProblemAlert error={send.problem} />
      <Form layout="inline" className="import-layout-form" disabled={frozen || send.busy}>
        {record.sheets.length > 0 && (
          <Form.Item label={t.sheet} htmlFor="import-sheet">
            <Select
              id="import-sheet"
              popupMatchSelectWidth={false}
              value={wish.sheet ?? record.sheet}
              onChange={(sheet: string) => setWish({ ...wish, sheet })}
              options={record.sheets.map(({ name, hidden }) => ({
                value: name,
                label: hidden ? `${name}${t.hiddenSheet}` : name,
              }))}
            />
          </Form.Item>
        )}
        <Form.Item label={t.headerRow} htmlFor="import-header-row">
          <InputNumber
            id="import-header-row"
            min={0}
            max={1_048_576}
            precision={0}
            value={wish.headerRow ?? record.headerRow}
            onChange={(headerRow) => {
              if (headerRow !== null) setWish({ ...wish, headerRow });
            }}
          />
        </Form.Item>
        {text && (
          <>
            <Form.Item label={t.encoding} htmlFor="import-encoding">
              <Select
                id="import-encoding"
                popupMatchSelectWidth={false}
                value={(wish.encoding ?? record.encoding)?.toUpperCase() ?? null}
                onChange={(encoding: string) => setWish({ ...wish, encoding })}
                options={ENCODINGS.map((value) => ({ value, label: value }))}
              />
            </Form.Item>
            <Form.Item label={t.separator} htmlFor="import-separator">
              <Select
                id="import-separator"
                popupMatchSelectWidth={false}
                value={(wish.separator ?? record.separator) as Separator | null}
                onChange={(separator: Separator) => setWish({ ...wish, separator })}
                options={[
                  { value: ',', label: t.separators.comma },
                  { value: '\t', label: t.separators.tab },
                  { value: ';', label: t.separators.semicolon },
                  { value: '，', label: t.separators.wide },
                ]}
              />
            </Form.Item>
          </>
        )}
        <Button disabled={!changed || frozen} loading={send.busy} onClick={() => send.run(wish)}>
          {t.apply}
        </Button>
      </Form>
      <Preview record={record} frozen={frozen} onHeader={(headerRow) => send.run({ ...wish, headerRow })} />
      <Flex justify="flex-end">
        <Button type="primary" disabled={record.headings.length === 0 || changed} onClick={onNext}>
          {t.next}
        </Button>
      </Flex>
    </section>
  );
}

/** The header highlighted, ignored rows hatched; any row can be made the header. */
function Preview({
  record,
  frozen,
  onHeader,
}: {
  record: Import;
  frozen: boolean;
  onHeader: (row: number) => void;
}): ReactNode {
  const t = useTexts(wizardTexts);
  const { rows, cell, error } = useFirstRows(record);
  const letters =
    record.headings.length > 0
      ? record.headings.map(({ letter }) => letter)
      : [...new Set(rows.flatMap(({ raw }) => Object.keys(raw)))];
  const headingOf = new Map(record.headings.map(({ letter, heading }) => [letter, heading]));
  if (error !== null) return <ProblemAlert error={error} />;
  if (rows.length === 0) return <Alert type="warning" showIcon title={t.noRows} className="import-alert" />;
  return (
    <PersonalData>
      <Table<Row>
        size="small"
        className="import-preview"
        title={() => t.preview}
        rowKey="rowNumber"
        pagination={false}
        scroll={{ x: 'max-content' }}
        dataSource={rows}
        rowClassName={({ state }) => (state === 'IGNORED' ? 'import-row-ignored' : '')}
        columns={[
          {
            key: 'rowNumber',
            title: record.headerRow === null ? t.rowNo : `${t.header} ${record.headerRow}`,
            render: (_, { rowNumber }) => rowNumber,
          },
          ...letters.map((letter) => ({
            key: letter,
            title: headingOf.has(letter) ? `${letter} · ${headingOf.get(letter) ?? ''}` : letter,
            render: (_: unknown, row: Row) => cell(row, letter),
          })),
          {
            key: 'header',
            title: '',
            render: (_, { rowNumber }) => (
              <Button size="small" type="link" disabled={frozen} onClick={() => onHeader(rowNumber)}>
                {t.asHeader}
              </Button>
            ),
          },
        ]}
      />
    </PersonalData>
  );
}
