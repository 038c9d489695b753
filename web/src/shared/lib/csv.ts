export type Cell = string | number | null;

/** Texts that a spreadsheet program would run as a formula get an apostrophe in front; numbers stay numbers. */
export const safeText = (text: string): string => (/^[=+\-@\t\r\0]/.test(text) ? `'${text}` : text);

const field = (cell: Cell): string => {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = safeText(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** A CSV file as Chinese Excel opens it rightly: UTF-8 with a byte order mark, CRLF. */
export const csvOf = (rows: readonly (readonly Cell[])[]): string =>
  `\uFEFF${rows.map((row) => row.map(field).join(',')).join('\r\n')}\r\n`;
