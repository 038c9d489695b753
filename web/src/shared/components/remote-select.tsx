import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useDeferredValue, useState, type ReactNode } from 'react';
import { api, body } from '../api/client';
import { dictionary, useTexts } from '../i18n/dictionary';

const texts = dictionary(
  {
    subject: '选择单位，可输入名称查找',
    officer: '选择人员，可输入姓名查找',
    none: '没有符合的结果',
    loading: '正在查找…',
  },
  {
    subject: 'Choose a body, type to search',
    officer: 'Choose an officer, type to search',
    none: 'Nothing found',
    loading: 'Searching …',
  },
);

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}

export interface FieldProps {
  readonly id?: string;
  readonly value?: string | undefined;
  readonly onChange?: (value: string | undefined, option?: Option) => void;
  readonly placeholder?: string;
  readonly disabled?: boolean;
  readonly allowClear?: boolean;
  readonly 'aria-label'?: string;
}

/**
 * A choice among records that the server searches. Works as a field of antd's Form.
 *
 * @param kind names the cache
 * @param search gives the options for a text ('' for the first ones)
 * @param resolve gives the option of a value that was chosen before
 */
export function RemoteSelect({
  kind,
  search,
  resolve,
  ...field
}: FieldProps & {
  kind: string;
  search: (text: string, signal: AbortSignal) => Promise<readonly Option[]>;
  resolve: (value: string) => Promise<Option>;
}): ReactNode {
  const t = useTexts(texts);
  const [text, setText] = useState('');
  const [opened, setOpened] = useState(false);
  const asked = useDeferredValue(text);
  const found = useQuery({
    queryKey: ['select', kind, asked],
    queryFn: ({ signal }) => search(asked, signal),
    enabled: opened,
    // The list stays while the next one is looked up, so that nothing moves under the pointer to nothing.
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
  const chosen = useQuery({
    queryKey: ['select', kind, 'chosen', field.value],
    queryFn: () => resolve(field.value ?? ''),
    enabled: field.value !== undefined && field.value !== '',
    staleTime: 300_000,
  });
  const options = [...(found.data ?? [])];
  if (chosen.data && !options.some(({ value }) => value === chosen.data.value)) options.unshift(chosen.data);
  return (
    <Select<string, Option>
      {...(field.id === undefined ? {} : { id: field.id })}
      className="remote-select"
      showSearch={{ filterOption: false, onSearch: setText }}
      allowClear={field.allowClear ?? true}
      disabled={field.disabled ?? false}
      aria-label={field['aria-label']}
      placeholder={field.placeholder}
      value={field.value ?? null}
      onOpenChange={(open) => {
        if (open) setOpened(true);
      }}
      onChange={(value: string | undefined, option) =>
        field.onChange?.(value, Array.isArray(option) ? undefined : option)
      }
      notFoundContent={found.isFetching ? t.loading : t.none}
      options={options}
      optionRender={({ data }) => (
        <span className="option">
          <span>{data.label}</span>
          {data.hint !== undefined && <span className="hint">{data.hint}</span>}
        </span>
      )}
    />
  );
}

/** A body of the caller's scope. */
export function SubjectSelect(field: FieldProps): ReactNode {
  const t = useTexts(texts);
  return (
    <RemoteSelect
      placeholder={t.subject}
      {...field}
      kind="subjects"
      search={async (q, signal) => {
        const { items } = await body(
          api.GET('/api/v1/subjects', { params: { query: { limit: 50, ...(q === '' ? {} : { q }) } }, signal }),
        );
        return items.map(({ id, name }) => ({ value: id, label: name }));
      }}
      resolve={async (id) => {
        const subject = await body(api.GET('/api/v1/subjects/{id}', { params: { path: { id } } }));
        return { value: subject.id, label: subject.name };
      }}
    />
  );
}

/** An officer of the caller's scope, by part of a name. */
export function OfficerSelect(field: FieldProps): ReactNode {
  const t = useTexts(texts);
  return (
    <RemoteSelect
      placeholder={t.officer}
      {...field}
      kind="officers"
      search={async (q, signal) => {
        const { items } = await body(
          api.GET('/api/v1/officers', { params: { query: { limit: 20, ...(q === '' ? {} : { q }) } }, signal }),
        );
        return items.map(({ id, name, subject }) => ({ value: id, label: name, hint: subject.name }));
      }}
      resolve={async (id) => {
        const officer = await body(api.GET('/api/v1/officers/{id}', { params: { path: { id } } }));
        return { value: officer.id, label: officer.name, hint: officer.subject.name };
      }}
    />
  );
}
