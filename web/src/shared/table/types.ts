import type { ReactNode } from 'react';

/** A page of a list as every list of the server gives it. */
export interface Page<Row> {
  readonly items: readonly Row[];
  readonly nextCursor: string | null;
}

/** What a list is asked: its filters by name, and which page. */
export interface ListQuery {
  readonly limit: number;
  readonly cursor?: string;
  readonly filters: Readonly<Record<string, string>>;
}

export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  readonly render: (row: Row) => ReactNode;
  /** What exports and prints say; for columns whose cell is more than text. Left out: not exported. */
  readonly text?: (row: Row) => string | number | null;
  readonly width?: number;
  readonly align?: 'left' | 'right' | 'center';
  /** Shown only when somebody asks for it. */
  readonly optional?: boolean;
  /** Stays visible whatever is chosen, at the left while the table scrolls. */
  readonly pinned?: boolean;
  /** On phones: 'title' heads the card, 'badge' stands beside it, 'none' is left out; the rest follow as lines. */
  readonly card?: 'title' | 'badge' | 'none';
}

interface FilterBase {
  /** Name of the parameter, in the address and of the server. */
  readonly key: string;
  readonly label: string;
  /** Shown only after «more». */
  readonly more?: boolean;
}

export type Filter = FilterBase &
  (
    | { readonly kind: 'text'; readonly placeholder?: string }
    | { readonly kind: 'select'; readonly options: readonly { readonly value: string; readonly label: string }[] }
    | { readonly kind: 'date' }
    | {
        /** Any field with `value` and `onChange`, such as SubjectSelect. */
        readonly kind: 'custom';
        readonly field: (props: {
          readonly id: string;
          readonly value: string | undefined;
          readonly onChange: (value: string | undefined) => void;
        }) => ReactNode;
      }
  );

/** The rows that are selected, on this page and on others. */
export interface Selection<Row> {
  readonly rows: readonly Row[];
  readonly count: number;
  readonly clear: () => void;
}

export interface DataTableProps<Row> {
  /** Names the list for the column choice of this person, e.g. 'officers'. */
  readonly id: string;
  /** Name of the list: for the caption, exports and prints. */
  readonly name: string;
  /** First part of the query key; commands that change the list refresh it by this. */
  readonly queryKey: readonly unknown[];
  readonly load: (query: ListQuery, signal: AbortSignal) => Promise<Page<Row>>;
  readonly columns: readonly Column<Row>[];
  readonly rowKey: (row: Row) => string;
  /** What a row is called, for the labels of its checkbox and link. */
  readonly rowName: (row: Row) => string;
  readonly filters?: readonly Filter[];
  /** Address of the row's own page; Enter and a click on the row go there. */
  readonly openPath?: (row: Row) => string;
  /** Instead of an own page: opens a drawer, for example. */
  readonly onOpen?: (row: Row) => void;
  /** What can be done with selected rows; without it there are no checkboxes (except for export). */
  readonly selectionActions?: (selection: Selection<Row>) => ReactNode;
  readonly maySelect?: (row: Row) => boolean;
  /** Buttons at the left of the toolbar. */
  readonly toolbar?: ReactNode;
  /** When there is nothing at all: how records come into being. */
  readonly empty?: { readonly title: string; readonly action?: ReactNode };
  /** The list shows names or numbers of people: it bears a watermark and exports say who made them. */
  readonly personal?: boolean;
  readonly exportable?: boolean;
  readonly defaultPageSize?: number;
  /** Ask again every so many milliseconds. */
  readonly refreshMs?: number;
  /** Filters that are always sent and never shown, of a list inside another page. */
  readonly fixed?: Readonly<Record<string, string>>;
  /** A second list on the same page needs its own names in the address. */
  readonly urlPrefix?: string;
}
