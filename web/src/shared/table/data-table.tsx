import { Button, Checkbox, Empty, Flex, Select, Skeleton, Table, type TableColumnsType } from 'antd';
import { useEffect, useRef, useState, type MouseEvent, type ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { useMe } from '../api/session';
import { ProblemAlert } from '../components/problem-alert';
import { PersonalData } from '../components/watermark';
import { useKeys } from '../hooks/use-keys';
import { usePhone } from '../hooks/use-phone';
import { useTexts } from '../i18n/dictionary';
import { dateTimeText } from '../lib/dates';
import { usePreferences } from '../lib/preferences';
import { useColumns } from './columns';
import { ExportMenu } from './export-menu';
import { FilterBar } from './filter-bar';
import { TableTools } from './toolbar';
import { tableTexts } from './texts';
import type { Column, DataTableProps, Selection } from './types';
import { PAGE_SIZES, useList, type ListState } from './use-list';

/**
 * A list of the server: query form, columns, density, refresh, pages by cursor, selection across pages, export, print; cards on
 * phones; j / k / x / Enter on the keyboard. Filters, page and columns are in the address.
 */
export function DataTable<Row extends object>(props: DataTableProps<Row>): ReactNode {
  const { id, name, columns, rowKey, filters = [], selectionActions, personal = false } = props;
  const { maySelect = () => true, exportable = true, urlPrefix = '' } = props;
  const t = useTexts(tableTexts);
  const me = useMe();
  const phone = usePhone();
  const list = useList(props);
  const choice = useColumns(id, columns, urlPrefix);
  const [picked, setPicked] = useState<ReadonlyMap<string, Row>>(new Map());
  const [cursor, setCursor] = useState(-1);
  const [selecting, setSelecting] = useState<number | null>(null);
  const [selectError, setSelectError] = useState<unknown>(null);
  const open = useOpen(props);
  const box = useRef<HTMLDivElement>(null);

  const toggle = (row: Row): void => {
    if (!maySelect(row)) return;
    const next = new Map(picked);
    if (!next.delete(rowKey(row))) next.set(rowKey(row), row);
    setPicked(next);
  };
  const togglePage = (): void => {
    const able = list.rows.filter(maySelect);
    const all = able.every((row) => picked.has(rowKey(row)));
    const next = new Map(picked);
    for (const row of able) {
      if (all) next.delete(rowKey(row));
      else next.set(rowKey(row), row);
    }
    setPicked(next);
  };
  const selectAll = (): void => {
    setSelecting(0);
    setSelectError(null);
    list
      .readAll(setSelecting, new AbortController().signal)
      .then((rows) => setPicked(new Map(rows.filter(maySelect).map((row) => [rowKey(row), row]))), setSelectError)
      .finally(() => setSelecting(null));
  };
  const selection: Selection<Row> = {
    rows: [...picked.values()],
    count: picked.size,
    clear: () => setPicked(new Map()),
  };
  const selectable = selectionActions !== undefined;

  const at = Math.min(cursor, list.rows.length - 1);
  const current = list.rows[at];
  useKeys({
    j: () => setCursor(Math.min(at + 1, list.rows.length - 1)),
    k: () => setCursor(Math.max(at - 1, 0)),
    x: () => {
      if (current && selectable) toggle(current);
    },
    Enter: () => {
      if (current) open?.(current);
    },
  });
  useEffect(() => {
    if (at < 0) return;
    box.current?.querySelectorAll('[data-row-key]')[at]?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  const content =
    list.error !== null && list.rows.length === 0 ? null : list.loading ? (
      <div role="status" aria-label={t.loading} className="table-loading">
        <Skeleton active title={false} paragraph={{ rows: 8, width: '100%' }} />
      </div>
    ) : list.rows.length === 0 ? (
      <Nothing props={props} list={list} />
    ) : phone ? (
      <Cards {...{ props, rows: list.rows, columns: choice.visible, picked, toggle, at }} />
    ) : (
      <Grid
        {...{ props, list, columns: choice.visible, picked, toggle, togglePage, at }}
        {...(open ? { onOpen: open } : {})}
      />
    );

  return (
    <section className="data-table" aria-label={name} ref={box}>
      <FilterBar filters={filters} values={list.values} onSearch={list.setValues} />
      <div className="table-panel">
        <Flex justify="space-between" align="center" gap="small" wrap className="table-bar">
          <Flex gap="small" align="center" wrap>
            {props.toolbar}
          </Flex>
          <TableTools columns={choice} readAt={list.readAt} fetching={list.fetching} onRefresh={list.refresh}>
            {exportable && <ExportMenu name={name} columns={choice.visible} list={list} selected={selection.rows} />}
          </TableTools>
        </Flex>
        {selectable && (
          <Flex align="center" gap="small" className={picked.size > 0 ? 'selection-bar some' : 'selection-bar'} wrap>
            {phone && (
              <Checkbox
                onChange={togglePage}
                checked={list.rows.length > 0 && list.rows.every((row) => picked.has(rowKey(row)))}
              >
                {t.selectPage}
              </Checkbox>
            )}
            <span role="status">
              {selecting !== null ? t.selecting(selecting) : picked.size > 0 ? t.selected(picked.size) : t.none}
            </span>
            <Button
              size="small"
              type="link"
              disabled={selecting !== null || list.rows.length === 0}
              onClick={selectAll}
            >
              {t.selectAll}
            </Button>
            <Button size="small" type="link" disabled={picked.size === 0} onClick={selection.clear}>
              {t.clear}
            </Button>
            <span className="grow" />
            {selectionActions(selection)}
          </Flex>
        )}
        <ProblemAlert error={selectError} />
        <ProblemAlert error={list.error} onRetry={list.refresh} />
        {personal ? <PersonalData>{content}</PersonalData> : content}
        <div className="print-only print-foot">
          {t.printedBy(`${me.displayName}（${me.homeSubject.name}）`, list.readAt > 0 ? dateTimeText(list.readAt) : '')}
        </div>
        <Pager list={list} />
      </div>
    </section>
  );
}

function useOpen<Row>({ openPath, onOpen }: DataTableProps<Row>): ((row: Row) => void) | undefined {
  const navigate = useNavigate();
  if (onOpen) return onOpen;
  return openPath ? (row) => void navigate(openPath(row)) : undefined;
}

function Grid<Row extends object>({
  props,
  list,
  columns,
  picked,
  toggle,
  togglePage,
  at,
  onOpen,
}: {
  props: DataTableProps<Row>;
  list: ListState<Row>;
  columns: readonly Column<Row>[];
  picked: ReadonlyMap<string, Row>;
  toggle: (row: Row) => void;
  togglePage: () => void;
  at: number;
  onOpen?: (row: Row) => void;
}): ReactNode {
  const t = useTexts(tableTexts);
  const { density } = usePreferences();
  const { rowKey, rowName, openPath, maySelect = () => true } = props;
  const shown: TableColumnsType<Row> = columns.map((column, index) => ({
    key: column.key,
    title: column.title,
    ...(column.width === undefined ? {} : { width: column.width }),
    ...(column.align === undefined ? {} : { align: column.align }),
    ...(column.pinned ? { fixed: 'left' as const } : {}),
    render: (_: unknown, row: Row) =>
      openPath && index === 0 ? <Link to={openPath(row)}>{column.render(row)}</Link> : column.render(row),
  }));
  const able = list.rows.filter(maySelect);
  const some = able.some((row) => picked.has(rowKey(row)));
  const all = able.length > 0 && able.every((row) => picked.has(rowKey(row)));
  return (
    <Table<Row>
      size={density}
      rowKey={rowKey}
      columns={shown}
      dataSource={list.rows}
      pagination={false}
      loading={list.fetching && !list.loading ? { delay: 300 } : false}
      scroll={{ x: 'max-content' }}
      sticky={{ offsetHeader: 56 }}
      rowClassName={(_, index) => `${index === at ? 'row-current' : ''} ${onOpen ? 'row-opens' : ''}`}
      onRow={(row) => ({
        onClick: (event: MouseEvent<HTMLElement>) => {
          // Links, buttons and marked text stay what they are.
          const target = event.target as HTMLElement;
          // A list or dialog that a cell opened is no part of the row, though its clicks come by here.
          if (!event.currentTarget.contains(target)) return;
          if (!onOpen || target.closest('a, button, input, label') || window.getSelection()?.toString()) return;
          onOpen(row);
        },
      })}
      {...(props.selectionActions
        ? {
            rowSelection: {
              selectedRowKeys: [...picked.keys()],
              preserveSelectedRowKeys: true,
              onSelect: toggle,
              onSelectAll: togglePage,
              columnTitle: (
                <Checkbox aria-label={t.selectPage} checked={all} indeterminate={some && !all} onChange={togglePage} />
              ),
              getCheckboxProps: (row: Row) => ({
                'aria-label': t.select(rowName(row)),
                disabled: !maySelect(row),
              }),
            },
          }
        : {})}
    />
  );
}

function Cards<Row extends object>({
  props,
  rows,
  columns,
  picked,
  toggle,
  at,
}: {
  props: DataTableProps<Row>;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  picked: ReadonlyMap<string, Row>;
  toggle: (row: Row) => void;
  at: number;
}): ReactNode {
  const t = useTexts(tableTexts);
  const { rowKey, rowName, openPath, onOpen, selectionActions, maySelect = () => true } = props;
  const head = columns.find(({ card }) => card === 'title') ?? columns[0];
  const badge = columns.find(({ card }) => card === 'badge');
  const lines = columns.filter((column) => column !== head && column !== badge && column.card !== 'none');
  return (
    <ul className="cards">
      {rows.map((row, index) => (
        <li key={rowKey(row)} data-row-key={rowKey(row)} className={index === at ? 'card row-current' : 'card'}>
          <Flex align="center" gap="small">
            {selectionActions && (
              <Checkbox
                aria-label={t.select(rowName(row))}
                checked={picked.has(rowKey(row))}
                disabled={!maySelect(row)}
                onChange={() => toggle(row)}
              />
            )}
            <span className="card-title grow">
              {openPath ? (
                <Link to={openPath(row)}>{head?.render(row)}</Link>
              ) : onOpen ? (
                <Button type="link" onClick={() => onOpen(row)}>
                  {head?.render(row)}
                </Button>
              ) : (
                head?.render(row)
              )}
            </span>
            {badge?.render(row)}
          </Flex>
          <dl>
            {lines.map((column) => (
              <div key={column.key}>
                <dt>{column.title}</dt>
                <dd>{column.render(row)}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}

function Nothing<Row>({ props, list }: { props: DataTableProps<Row>; list: ListState<Row> }): ReactNode {
  const t = useTexts(tableTexts);
  const used = (props.filters ?? []).filter(({ key }) => list.values[key] !== undefined);
  if (used.length === 0) {
    return (
      <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={props.empty?.title ?? t.nothing}>
        {props.empty?.action}
      </Empty>
    );
  }
  return (
    <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.noResult}>
      <Flex gap="small" justify="center" align="center" wrap>
        <span>{t.noResultHint}</span>
        {used.map(({ key, label }) => (
          <Button key={key} size="small" onClick={() => list.setValues({ ...list.values, [key]: undefined })}>
            {t.drop(label)}
          </Button>
        ))}
      </Flex>
    </Empty>
  );
}

function Pager<Row>({ list }: { list: ListState<Row> }): ReactNode {
  const t = useTexts(tableTexts);
  if (list.loading) return null;
  return (
    <Flex justify="flex-end" align="center" gap="small" wrap className="pager">
      <span className="hint">{t.shown(list.rows.length)}</span>
      <span className="grow" />
      <Button size="small" disabled={!list.hasPrevious} onClick={list.previous}>
        {t.previous}
      </Button>
      <span>{t.page(list.page)}</span>
      <Button size="small" disabled={!list.hasNext} onClick={list.next}>
        {t.next}
      </Button>
      <Select
        size="small"
        value={list.limit}
        aria-label={t.perPage(list.limit)}
        onChange={list.setLimit}
        options={PAGE_SIZES.map((size) => ({ value: size, label: t.perPage(size) }))}
        popupMatchSelectWidth={false}
      />
    </Flex>
  );
}
