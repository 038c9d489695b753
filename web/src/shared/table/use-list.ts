import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { DataTableProps, ListQuery, Page } from './types';

export const PAGE_SIZES = [20, 50, 100, 200] as const;

export interface ListState<Row> {
  readonly values: Readonly<Record<string, string>>;
  readonly setValues: (values: Readonly<Record<string, string | undefined>>) => void;
  readonly limit: number;
  readonly setLimit: (limit: number) => void;
  /** 1 for the first page. */
  readonly page: number;
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
  readonly previous: () => void;
  readonly next: () => void;
  readonly rows: readonly Row[];
  readonly loading: boolean;
  readonly fetching: boolean;
  readonly error: unknown;
  readonly readAt: number;
  readonly refresh: () => void;
  /** Every row that matches, page by page. @throws TooMany, ApiProblem */
  readonly readAll: (progress: (count: number) => void, signal: AbortSignal) => Promise<Row[]>;
}

/** Thrown by readAll beyond what a browser should hold. */
export class TooMany extends Error {}
export const READ_ALL_LIMIT = 20_000;
const READ_ALL_PAGE = 200;

/** Filters, page and size of a list live in the address: a link shows the same list, Back goes back. */
export function useList<Row>({
  queryKey,
  load,
  filters = [],
  fixed = {},
  urlPrefix = '',
  defaultPageSize = 50,
  refreshMs,
}: DataTableProps<Row>): ListState<Row> {
  const [params, setParams] = useSearchParams();
  const name = useCallback((key: string) => `${urlPrefix}${key}`, [urlPrefix]);
  const values = Object.fromEntries(
    filters.flatMap(({ key }) => {
      const value = params.get(name(key));
      return value === null || value === '' ? [] : [[key, value]];
    }),
  );
  const cursor = params.get(name('cursor')) ?? undefined;
  const limit = PAGE_SIZES.find((size) => String(size) === params.get(name('size'))) ?? defaultPageSize;
  // The cursors of the pages before this one; after a reload they are gone, and «previous» begins anew.
  const [stack, setStack] = useState<readonly (string | undefined)[]>([]);
  const at = stack.indexOf(cursor);
  const before = cursor === undefined ? [] : at === -1 ? stack : stack.slice(0, at);

  const query: ListQuery = { limit, ...(cursor === undefined ? {} : { cursor }), filters: { ...values, ...fixed } };
  const found = useQuery<Page<Row>>({
    queryKey: [...queryKey, 'list', query],
    queryFn: ({ signal }) => load(query, signal),
    placeholderData: keepPreviousData,
    ...(refreshMs === undefined ? {} : { refetchInterval: refreshMs }),
  });

  const change = (edit: (next: URLSearchParams) => void, replace = false): void =>
    setParams(
      (old) => {
        const next = new URLSearchParams(old);
        edit(next);
        return next;
      },
      { replace, preventScrollReset: true },
    );
  const setOrDelete = (next: URLSearchParams, key: string, value: string | undefined): void =>
    value === undefined || value === '' ? next.delete(name(key)) : next.set(name(key), value);
  const nextCursor = found.data?.nextCursor ?? null;

  return {
    values,
    setValues: (wanted) => {
      setStack([]);
      change((next) => {
        for (const { key } of filters) setOrDelete(next, key, wanted[key]);
        next.delete(name('cursor'));
      });
    },
    limit,
    setLimit: (size) => {
      setStack([]);
      change((next) => {
        setOrDelete(next, 'size', size === defaultPageSize ? undefined : String(size));
        next.delete(name('cursor'));
      });
    },
    page: before.length + 1,
    hasPrevious: cursor !== undefined,
    hasNext: nextCursor !== null && !found.isPlaceholderData,
    previous: () => change((next) => setOrDelete(next, 'cursor', before.at(-1))),
    next: () => {
      if (nextCursor === null) return;
      setStack([...before, cursor, nextCursor]);
      change((next) => next.set(name('cursor'), nextCursor));
    },
    rows: found.data?.items ?? [],
    loading: found.isPending,
    fetching: found.isFetching,
    error: found.error,
    readAt: found.dataUpdatedAt,
    refresh: () => void found.refetch(),
    readAll: async (progress, signal) => {
      const rows: Row[] = [];
      let next: string | null | undefined;
      while (next !== null) {
        const page: Page<Row> = await load(
          { limit: READ_ALL_PAGE, filters: query.filters, ...(next === undefined ? {} : { cursor: next }) },
          signal,
        );
        rows.push(...page.items);
        if (rows.length > READ_ALL_LIMIT) throw new TooMany();
        progress(rows.length);
        next = page.nextCursor;
      }
      return rows;
    },
  };
}
