import { pack, type PackOptions, type Parts } from './archives.js';

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
export const PACKAGE_RELS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"';
const WORKBOOK_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml';

export interface SheetPart {
  readonly name?: string;
  readonly state?: string;
  /** What stands inside `sheetData`. */
  readonly rows?: string;
  readonly before?: string;
  readonly after?: string;
  /** The whole part instead. */
  readonly xml?: string;
}

export interface WorkbookContent {
  readonly sheets?: readonly SheetPart[];
  readonly rows?: string;
  readonly before?: string;
  readonly after?: string;
  readonly texts?: readonly string[];
  /** Format codes; style n+1 uses the n-th, style 0 is General. Numbers are builtin formats. */
  readonly formats?: readonly (string | number)[];
  readonly date1904?: boolean;
  /** Parts that replace or join the usual ones; null takes one away. */
  readonly parts?: Record<string, string | Buffer | null>;
}

export const escapeXml = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

/** A row of inline texts. */
export const row = (number: number, texts: readonly string[], attributes = ''): string =>
  `<row r="${number}"${attributes}>${texts.map((text, index) => inline(`${letters(index + 1)}${number}`, text)).join('')}</row>`;

export const inline = (reference: string, text: string): string =>
  `<c r="${reference}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(text)}</t></is></c>`;

export function letters(column: number): string {
  return column > 26
    ? letters(Math.floor((column - 1) / 26)) + letters(((column - 1) % 26) + 1)
    : String.fromCharCode(64 + column);
}

export function workbookParts(content: WorkbookContent): Parts {
  const sheets = content.sheets ?? [{ rows: content.rows, before: content.before, after: content.after }];
  const parts: Record<string, string | Buffer | null> = {
    '[Content_Types].xml':
      `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
      `<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${WORKBOOK_TYPE}"/></Types>`,
    '_rels/.rels': `${HEAD}<Relationships ${PACKAGE_RELS}><Relationship Id="rId1" Type="${REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml':
      `${HEAD}<workbook ${MAIN} xmlns:r="${REL}"><workbookPr${content.date1904 ? ' date1904="1"' : ''}/><sheets>` +
      sheets
        .map(
          ({ name, state }, index) =>
            `<sheet name="${escapeXml(name ?? `Sheet${index + 1}`)}" sheetId="${index + 1}"${state ? ` state="${state}"` : ''} r:id="rId${index + 1}"/>`,
        )
        .join('') +
      '</sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      `${HEAD}<Relationships ${PACKAGE_RELS}>` +
      sheets
        .map(
          (_, index) =>
            `<Relationship Id="rId${index + 1}" Type="${REL}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
        )
        .join('') +
      `<Relationship Id="rIdT" Type="${REL}/sharedStrings" Target="sharedStrings.xml"/>` +
      `<Relationship Id="rIdS" Type="${REL}/styles" Target="/xl/styles.xml"/></Relationships>`,
  };
  for (const [index, { rows, before, after, xml }] of sheets.entries()) {
    parts[`xl/worksheets/sheet${index + 1}.xml`] =
      xml ?? `${HEAD}<worksheet ${MAIN}>${before ?? ''}<sheetData>${rows ?? ''}</sheetData>${after ?? ''}</worksheet>`;
  }
  if (content.texts) {
    parts['xl/sharedStrings.xml'] =
      `${HEAD}<sst ${MAIN}>${content.texts.map((text) => `<si><t>${escapeXml(text)}</t></si>`).join('')}</sst>`;
  }
  if (content.formats) parts['xl/styles.xml'] = stylesOf(content.formats);
  const merged = { ...parts, ...content.parts };
  return Object.fromEntries(
    Object.entries(merged).filter((entry): entry is [string, string | Buffer] => entry[1] !== null),
  );
}

function stylesOf(formats: readonly (string | number)[]): string {
  const ids = formats.map((format, index) => (typeof format === 'number' ? format : 164 + index));
  const custom = formats.map((format, index) =>
    typeof format === 'string' ? `<numFmt numFmtId="${164 + index}" formatCode="${escapeXml(format)}"/>` : '',
  );
  return (
    `${HEAD}<styleSheet ${MAIN}><numFmts>${custom.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>` +
    `<cellXfs><xf numFmtId="0"/>${ids.map((id) => `<xf numFmtId="${id}"/>`).join('')}</cellXfs></styleSheet>`
  );
}

export function workbook(content: WorkbookContent, options?: PackOptions): Promise<Buffer> {
  return pack(workbookParts(content), options);
}
