import { extname } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { FileStore } from '../../infrastructure/files/file-store.js';
import { FileRefused, readSpreadsheet, type SheetLayout, type SheetRow } from '../../infrastructure/files/index.js';
import type { Actor } from '../../kernel/actor.js';
import type { ImportDefinition } from '../../kernel/import-definition.js';
import { Clock } from '../../kernel/clock.js';
import { legalDateOf } from '../../rules/calendar.js';
import { ImportDefinitions } from '../import-definitions.js';
import type { CheckedFileView, CheckedRowsView } from '../import.view.js';
import { ImportsQueries } from '../imports.queries.js';
import { SameRowsQueries } from '../preview/same-rows.queries.js';
import { RowDigests } from '../rows/row-digests.js';
import { untouched } from '../rows/row-codec.js';
import { RowReader } from '../rows/row-reader.js';
import { findLayout, missingFields, type AboutFile } from '../work/file-layout.js';
import { ReceiveUpload, type Upload } from './receive-upload.js';
import { RoundFinder } from './round-finder.js';
import { UploadedFiles } from './uploaded-files.js';

/** A kind whose header the file has, and the digests of its rows. */
interface Reading {
  readonly definition: ImportDefinition;
  readonly reader: RowReader;
  readonly digests: Set<string>;
  rows: number;
}

/** What is known of earlier imports. */
@Injectable()
export class CheckDesk {
  constructor(
    readonly definitions: ImportDefinitions,
    readonly queries: ImportsQueries,
    readonly sameRows: SameRowsQueries,
    readonly digests: RowDigests,
  ) {}
}

/** Were these bytes, or these rows in whatever file, imported before? The file is looked at and not kept. */
@Injectable()
export class CheckFile {
  constructor(
    private readonly clock: Clock,
    private readonly uploads: ReceiveUpload,
    private readonly uploaded: UploadedFiles,
    private readonly files: FileStore,
    private readonly rounds: RoundFinder,
    private readonly desk: CheckDesk,
  ) {}

  async execute(actor: Actor, request: FastifyRequest): Promise<CheckedFileView> {
    const { file } = await this.uploads.execute(request, []);
    try {
      const mark = await this.rounds.find(file);
      const rows: CheckedRowsView[] = [];
      for (const { definition, digests, rows: total } of await this.read(actor, file)) {
        const { imports, known } = await this.desk.sameRows.of(actor, definition.kind, digests, null);
        rows.push({ kind: definition.kind, title: definition.title, total, known, imports: [...imports] });
      }
      return {
        ...(await this.desk.queries.ofFile(actor, file.sha256)),
        roundOf: mark && (await this.desk.queries.isSeen(actor, mark.importId)) ? mark.importId : null,
        rows,
      };
    } finally {
      await this.uploaded.discard(file.key);
    }
  }

  /** The file as every kind that its header fits. What is no table has no rows. */
  private async read(actor: Actor, { key, name }: Upload['file']): Promise<readonly Reading[]> {
    const today = legalDateOf(await this.clock.now()) ?? '';
    try {
      return await this.files.lend(key, extname(name).toLowerCase(), async (path) => {
        let about: AboutFile | null = null;
        let sheet: SheetLayout | null = null;
        let readings: readonly Reading[] | null = null;
        for await (const event of readSpreadsheet(path, { fileName: name })) {
          if (event.type === 'sheets') about = event;
          else if (event.type === 'layout') sheet = event;
          else if (event.type === 'rows' && about && sheet) {
            const given = { about, sheet, headerRow: null, recall: async () => null };
            readings ??= await this.fitting(actor, today, (definition) => findLayout(definition, event.rows, given));
            for (const reading of readings) this.add(reading, event.rows);
          }
        }
        return readings ?? [];
      });
    } catch (error) {
      if (error instanceof FileRefused) return [];
      throw error;
    }
  }

  private async fitting(
    actor: Actor,
    today: string,
    layoutOf: (definition: ImportDefinition) => ReturnType<typeof findLayout>,
  ): Promise<readonly Reading[]> {
    const readings: Reading[] = [];
    for (const kind of this.desk.definitions.kindsOf(actor)) {
      const definition = this.desk.definitions.of(kind);
      const { layout, mapping } = await layoutOf(definition);
      if (missingFields(definition, mapping).length > 0) continue;
      readings.push({
        definition,
        reader: new RowReader(definition, mapping, layout, today),
        digests: new Set(),
        rows: 0,
      });
    }
    return readings;
  }

  private add(reading: Reading, rows: readonly SheetRow[]): void {
    for (const row of rows) {
      const read = reading.reader.read(untouched(row));
      if (read.ignored) continue;
      reading.rows += 1;
      reading.digests.add(this.desk.digests.digestOf(reading.definition, read));
    }
  }
}
