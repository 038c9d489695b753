import { useQuery } from '@tanstack/react-query';
import { App, Button, Flex, Input, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { api, body, idempotent, ifMatch, type View } from '../../shared/api/client';
import { useCommand } from '../../shared/api/command';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { useTexts, useWord } from '../../shared/i18n/dictionary';
import type { Import } from './kinds';
import { causeWords } from './states';
import { wizardTexts } from './wizard-texts';

type Value = View<'FixableValueView'>;

/** Wrong values, each once with its count: say what it means (remembered), or replace it everywhere in this import. */
export function BulkFixes({ record, title }: { record: Import; title: string }): ReactNode {
  const t = useTexts(wizardTexts);
  const found = useQuery({
    queryKey: ['imports', 'values', record.id, record.version],
    queryFn: () => body(api.GET('/api/v1/imports/{id}/values', { params: { path: { id: record.id } } })),
    enabled: record.counts.invalid > 0,
  });
  const items = found.data?.items ?? [];
  if (items.length === 0) return <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />;
  return (
    <section className="import-values" aria-label={title}>
      <h2 className="section-title">{title}</h2>
      <p className="hint">{t.bulkHint}</p>
      {found.data?.complete === false && <p className="hint">{t.incomplete}</p>}
      <ul>
        {items.map((value) => (
          <ValueFix key={`${value.column}|${value.value}`} record={record} value={value} />
        ))}
      </ul>
    </section>
  );
}

function ValueFix({ record, value }: { record: Import; value: Value }): ReactNode {
  const t = useTexts(wizardTexts);
  const word = useWord();
  const { message } = App.useApp();
  const suggested = value.options.find(({ code, zh }) => code === value.suggestion || zh === value.suggestion)?.zh;
  const [meaning, setMeaning] = useState<string | undefined>(suggested);
  const [text, setText] = useState('');
  const map = useCommand({
    run: (meant: string) =>
      body(
        api.PATCH('/api/v1/imports/{id}/mapping', {
          params: { path: { id: record.id }, header: ifMatch(record.version) },
          // The words of a column are sent whole: what was said before stays.
          body: { values: { [value.column]: { ...record.values[value.column], [value.value]: meant } } },
        }),
      ),
    refresh: [['imports']],
  });
  const fix = useCommand({
    run: (replacement: string, key) =>
      body(
        api.POST('/api/v1/imports/{id}/fixes', {
          params: { path: { id: record.id } },
          headers: idempotent(key),
          body: { column: value.column, value: value.value, replacement },
        }),
      ),
    refresh: [['imports']],
    done: ({ rows }) => void message.success(t.fixed(rows)),
  });
  const name = `${value.heading}「${value.value === '' ? t.blank : value.value}」`;
  const mayMap = value.options.length > 0 && value.value !== '' && record.round === 1;
  return (
    <li>
      <div>
        <strong>{name}</strong> × {t.times(value.rows)}{' '}
        <span className="hint">
          {value.codes.map((code) => word(causeWords(code))).join('、')} · {t.first(value.firstRow)}
        </span>
      </div>
      <ProblemAlert error={map.problem ?? fix.problem} />
      {!value.fixable ? (
        <span className="hint">{t.oneByOne}</span>
      ) : mayMap ? (
        <Flex gap="small" wrap>
          <Select
            className="import-field"
            aria-label={`${name} ${t.mapTo}`}
            value={meaning}
            onChange={setMeaning}
            options={value.options.map(({ zh }) => ({ value: zh, label: zh }))}
          />
          <Button
            disabled={meaning === undefined}
            loading={map.busy}
            onClick={() => {
              if (meaning !== undefined) map.run(meaning);
            }}
          >
            {t.mapTo}
          </Button>
        </Flex>
      ) : (
        <Flex gap="small" wrap>
          {value.options.length > 0 ? (
            <Select
              className="import-field"
              aria-label={`${name} ${t.change}`}
              value={text === '' ? suggested : text}
              onChange={setText}
              options={value.options.map(({ zh }) => ({ value: zh, label: zh }))}
            />
          ) : (
            <Input
              className="import-field"
              aria-label={`${name} ${t.change}`}
              placeholder={t.replace(value.rows)}
              value={text}
              onChange={(event) => setText(event.target.value)}
              onPressEnter={() => {
                if (text.trim() !== '') fix.run(text);
              }}
            />
          )}
          <Button
            disabled={(text || suggested || '').trim() === ''}
            loading={fix.busy}
            onClick={() => fix.run(text === '' ? (suggested ?? '') : text)}
          >
            {t.change}
          </Button>
        </Flex>
      )}
    </li>
  );
}
