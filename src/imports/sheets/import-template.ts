import { PassThrough, type Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { writeWorkbook, type XlsxColumn, type XlsxSheet, type XlsxValue } from '../../infrastructure/files/index.js';
import type { Actor } from '../../kernel/actor.js';
import type { ImportColumn, ImportContext, ImportDefinition, ImportValues } from '../../kernel/import-definition.js';
import { notFound } from '../../kernel/problem.js';
import { ImportDefinitions } from '../import-definitions.js';
import { refuseOtherParameters } from '../upload/parameters.js';
import { MARKER_SHEET } from './round-marker.js';

export interface Workbook {
  readonly fileName: string;
  readonly content: Readable;
}

/** The sheet to be filled in, how, and with which words. With parameters it comes pre-filled where the kind knows how. */
@Injectable()
export class ImportTemplate {
  constructor(private readonly definitions: ImportDefinitions) {}

  /** @throws Problem 400, 403, 404 */
  async execute(actor: Actor, kind: string, parameters: Readonly<Record<string, string>>): Promise<Workbook> {
    const definition = this.definitions.find(kind);
    if (!definition) throw notFound('template');
    this.definitions.refuseWithoutRight(actor, definition);
    const context = { actor, importId: '', parameters };
    if (Object.keys(parameters).length > 0) {
      refuseOtherParameters(definition, parameters, '/query');
      await definition.checkParameters(context);
    }
    const filled = Object.keys(parameters).length > 0 || definition.parameters.length === 0;
    return {
      fileName: `${definition.title}.xlsx`,
      content: streamed([
        {
          name: '填写页',
          columns: templateColumns(definition),
          rows: lines(definition, filled ? context : null),
          freezeHeader: true,
        },
        ...explanations(definition),
        markerSheet([
          ['kind', definition.kind],
          ['version', String(definition.version)],
        ]),
      ]),
    };
  }
}

/** A workbook that is written while it is read; a fault breaks the download off instead of ending it early. */
export function streamed(sheets: readonly XlsxSheet[]): Readable {
  const content = new PassThrough();
  writeWorkbook(content, { sheets }).catch((error: unknown) => {
    content.destroy(error instanceof Error ? error : new Error('the workbook broke off'));
  });
  return content;
}

/** Everything but marks and numbers is text, so that numbers keep their zeros and their last three digits (K20). */
export const templateColumns = (definition: ImportDefinition): XlsxColumn[] =>
  definition.columns.map(({ headings, cell, options, note, hidden }) => ({
    header: headings[0] ?? '',
    width: cell === 'id-number' ? 22 : cell === 'text' ? 18 : 12,
    text: cell !== 'score' && cell !== 'number',
    ...(options ? { options: options.map(({ zh }) => zh) } : {}),
    ...(note === undefined ? {} : { note }),
    ...(hidden ? { hidden } : {}),
  }));

/** Which import and which kind a workbook belongs to, where nobody edits it. */
export const markerSheet = (rows: readonly (readonly [string, string])[]): XlsxSheet => ({
  name: MARKER_SHEET,
  hidden: true,
  columns: [
    { header: 'key', text: true },
    { header: 'value', text: true, width: 40 },
  ],
  rows,
});

async function* lines(
  definition: ImportDefinition,
  context: ImportContext | null,
): AsyncGenerator<readonly XlsxValue[]> {
  if (!context || !definition.prefill) return;
  for await (const values of definition.prefill(context)) {
    yield definition.columns.map((column) => shown(column, values));
  }
}

/** Drop-downs show the Chinese word of a code. */
const shown = ({ field, options }: ImportColumn, values: ImportValues): string => {
  const value = values[field] ?? '';
  return options?.find(({ code }) => code === value)?.zh ?? value;
};

const KINDS: Readonly<Record<ImportColumn['cell'], string>> = {
  text: '文本',
  'id-number': '18 位身份证号，文本格式',
  name: '姓名',
  date: '日期，如 2026-03-01',
  score: '0 到 100，最多一位小数；也可填“缺考”“违纪”',
  number: '数字',
  boolean: '是或否',
};

function explanations(definition: ImportDefinition): XlsxSheet[] {
  const words = definition.columns.flatMap(({ headings, options = [] }) =>
    options.map(({ zh, code, aliases = [] }) => [headings[0] ?? '', zh, code, aliases.join('、')]),
  );
  return [
    {
      name: '填写说明',
      columns: [
        { header: '栏目', width: 20 },
        { header: '必填', width: 8 },
        { header: '格式', width: 36 },
        { header: '说明', width: 60 },
        { header: '也认得的写法', width: 60 },
      ],
      rows: definition.columns
        .filter(({ hidden }) => !hidden)
        .map(({ headings, required, cell, note }) => [
          headings[0] ?? '',
          required ? '是' : '否',
          KINDS[cell],
          note ?? '',
          headings.slice(1).join('、'),
        ]),
      freezeHeader: true,
    },
    {
      name: '字典',
      columns: [
        { header: '所属栏目', width: 20 },
        { header: '可填的词', width: 30 },
        { header: '代码', width: 30 },
        { header: '同义写法', width: 60 },
      ],
      rows: words,
      freezeHeader: true,
    },
  ];
}
