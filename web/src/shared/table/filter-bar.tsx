import { FilterOutlined, SearchOutlined } from '@ant-design/icons';
import { Badge, Button, DatePicker, Drawer, Flex, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { useId, useState, type ReactNode } from 'react';
import { usePhone } from '../hooks/use-phone';
import { useTexts } from '../i18n/dictionary';
import { tableTexts } from './texts';
import type { Filter } from './types';

type Values = Readonly<Record<string, string | undefined>>;

/** The query form above a list: three fields and more on demand; on phones in a sheet. Enter asks. */
export function FilterBar({
  filters,
  values,
  onSearch,
}: {
  filters: readonly Filter[];
  values: Values;
  onSearch: (values: Values) => void;
}): ReactNode {
  const t = useTexts(tableTexts);
  const phone = usePhone();
  const [open, setOpen] = useState(false);
  if (filters.length === 0) return null;
  // What is typed belongs to the filters it was typed for: another address brings a new form.
  const key = JSON.stringify(values);
  const used = filters.filter(({ key: name }) => values[name] !== undefined).length;
  if (!phone) return <Form key={key} {...{ filters, values, onSearch }} />;
  const [main, ...others] = filters;
  return (
    <>
      <Flex gap="small" className="filters-phone">
        {main?.kind === 'text' && (
          <div data-search className="grow">
            <Input.Search
              key={key}
              defaultValue={values[main.key] ?? ''}
              placeholder={main.placeholder ?? main.label}
              aria-label={main.label}
              allowClear
              onSearch={(text) => onSearch({ ...values, [main.key]: text.trim() })}
            />
          </div>
        )}
        {(others.length > 0 || main?.kind !== 'text') && (
          <Badge count={used} size="small">
            <Button icon={<FilterOutlined />} onClick={() => setOpen(true)}>
              {t.filters}
            </Button>
          </Badge>
        )}
      </Flex>
      <Drawer placement="bottom" size="large" open={open} onClose={() => setOpen(false)} title={t.filters}>
        <Form
          key={key}
          stacked
          {...{ filters, values }}
          onSearch={(next) => {
            setOpen(false);
            onSearch(next);
          }}
        />
      </Drawer>
    </>
  );
}

const ALWAYS_SHOWN = 3;

function Form({
  filters,
  values,
  onSearch,
  stacked = false,
}: {
  filters: readonly Filter[];
  values: Values;
  onSearch: (values: Values) => void;
  stacked?: boolean;
}): ReactNode {
  const t = useTexts(tableTexts);
  const id = useId();
  const [draft, setDraft] = useState<Values>(values);
  const isExtra = (filter: Filter, at: number): boolean => filter.more ?? at >= ALWAYS_SHOWN;
  const hasExtra = filters.some(isExtra);
  const [more, setMore] = useState(
    filters.some((filter, at) => isExtra(filter, at) && values[filter.key] !== undefined),
  );
  const set = (key: string, value: string | undefined): Values => {
    const next = { ...draft, [key]: value === '' ? undefined : value };
    setDraft(next);
    return next;
  };
  const shown = filters.filter((filter, at) => stacked || more || !isExtra(filter, at));
  return (
    <form
      className={stacked ? 'filters stacked' : 'filters'}
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        onSearch(draft);
      }}
    >
      {shown.map((filter) => (
        <div key={filter.key} className="filter">
          <label htmlFor={`${id}-${filter.key}`}>{filter.label}</label>
          <Field
            id={`${id}-${filter.key}`}
            filter={filter}
            value={draft[filter.key]}
            onType={(value) => set(filter.key, value)}
            // A choice needs no second click.
            onChoose={(value) => onSearch(set(filter.key, value))}
          />
        </div>
      ))}
      <Flex gap="small" className="filter-buttons">
        <Button type="primary" htmlType="submit" icon={<SearchOutlined />}>
          {stacked ? t.apply : t.search}
        </Button>
        <Button onClick={() => onSearch({})}>{t.reset}</Button>
        {hasExtra && !stacked && (
          <Button type="link" onClick={() => setMore(!more)} aria-expanded={more}>
            {more ? t.less : t.more}
          </Button>
        )}
      </Flex>
    </form>
  );
}

function Field({
  id,
  filter,
  value,
  onType,
  onChoose,
}: {
  id: string;
  filter: Filter;
  value: string | undefined;
  onType: (value: string | undefined) => void;
  onChoose: (value: string | undefined) => void;
}): ReactNode {
  const t = useTexts(tableTexts);
  switch (filter.kind) {
    case 'text':
      return (
        <div data-search>
          <Input
            id={id}
            value={value ?? ''}
            allowClear
            placeholder={filter.placeholder}
            onChange={(event) => onType(event.target.value)}
          />
        </div>
      );
    case 'select':
      return (
        <Select<string>
          id={id}
          value={value ?? ''}
          onChange={(chosen) => onChoose(chosen === '' ? undefined : chosen)}
          options={[{ value: '', label: t.all }, ...filter.options]}
          popupMatchSelectWidth={false}
        />
      );
    case 'date':
      return (
        <DatePicker
          id={id}
          value={value === undefined ? null : dayjs(value)}
          onChange={(date) => onChoose(date ? date.format('YYYY-MM-DD') : undefined)}
        />
      );
    case 'custom':
      return filter.field({ id, value, onChange: onChoose });
  }
}
