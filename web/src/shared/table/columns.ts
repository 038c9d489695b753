import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useMe } from '../api/session';
import type { Column } from './types';

export interface ColumnChoice<Row> {
  readonly visible: readonly Column<Row>[];
  readonly isVisible: (key: string) => boolean;
  readonly toggle: (key: string) => void;
  readonly move: (key: string, by: -1 | 1) => void;
  readonly ordered: readonly Column<Row>[];
  readonly reset: () => void;
}

function stored(key: string): readonly string[] | null {
  try {
    const value = JSON.parse(localStorage.getItem(key) ?? 'null') as unknown;
    return Array.isArray(value) ? value.filter((name): name is string => typeof name === 'string') : null;
  } catch {
    return null;
  }
}

/** Which columns somebody wants, in which order: kept for the person in this browser, and in the address for others. */
export function useColumns<Row>(id: string, columns: readonly Column<Row>[], urlPrefix: string): ColumnChoice<Row> {
  const { username } = useMe();
  const key = `chizheng.columns.${username}.${id}`;
  const [params, setParams] = useSearchParams();
  const parameter = `${urlPrefix}columns`;
  const [own, setOwn] = useState(() => stored(key));
  const inAddress = params.get(parameter)?.split('.') ?? null;
  const defaults = columns.filter(({ optional }) => optional !== true).map((column) => column.key);
  const chosen = (inAddress ?? own ?? defaults).filter((name) => columns.some((column) => column.key === name));
  const names = [
    ...columns.filter(({ key: name, pinned }) => pinned && !chosen.includes(name)).map((c) => c.key),
    ...chosen,
  ];
  const byName = new Map(columns.map((column) => [column.key, column]));
  const visible = names.flatMap((name) => byName.get(name) ?? []);
  const choose = (next: readonly string[] | null): void => {
    setOwn(next);
    try {
      if (next === null) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify(next));
    } catch {
      // Not kept, then.
    }
    setParams(
      (old) => {
        const all = new URLSearchParams(old);
        if (next === null) all.delete(parameter);
        else all.set(parameter, next.join('.'));
        return all;
      },
      { replace: true, preventScrollReset: true },
    );
  };
  return {
    visible,
    ordered: [...visible, ...columns.filter((column) => !names.includes(column.key))],
    isVisible: (name) => names.includes(name),
    toggle: (name) => choose(names.includes(name) ? names.filter((other) => other !== name) : [...names, name]),
    move: (name, by) => {
      const at = names.indexOf(name);
      const to = at + by;
      if (at === -1 || to < 0 || to >= names.length) return;
      const next = [...names];
      next.splice(at, 1);
      next.splice(to, 0, name);
      choose(next);
    },
    reset: () => choose(null),
  };
}
