import { Module } from '@nestjs/common';
import { CancelImport } from './cancel-import.js';
import { ChangeMapping } from './change-mapping.js';
import { ImportCounts } from './import-counts.js';
import { ImportEvents } from './import-events.js';
import { ImportKindsModule } from './import-kinds.module.js';
import { ImportFilesController } from './import-files.controller.js';
import { ImportStore } from './import-store.js';
import { ImportsController } from './imports.controller.js';
import { ImportsQueries } from './imports.queries.js';
import { FixableValuesQueries } from './fixes/fixable-values.queries.js';
import { FixRows } from './fixes/fix-rows.js';
import { RepairRow } from './fixes/repair-row.js';
import { ImportMemoriesController } from './import-memories.controller.js';
import { ImportPreviewController } from './import-preview.controller.js';
import { ClearMemory } from './memory/clear-memory.js';
import { ImportMemoriesQueries } from './memory/import-memories.queries.js';
import { ConsequencesQueries } from './preview/consequences.queries.js';
import { ReceiptQueries } from './preview/receipt.queries.js';
import { SameRowsQueries } from './preview/same-rows.queries.js';
import { RequestCommit } from './request-commit.js';
import { RevertImport } from './revert-import.js';
import { CorrectRow } from './rows/correct-row.js';
import { ImportRows } from './rows/import-rows.js';
import { RowCodec } from './rows/row-codec.js';
import { RowDigests } from './rows/row-digests.js';
import { RowsQueries } from './rows/rows.queries.js';
import { StagedLines } from './rows/staged-lines.js';
import { ErrorWorkbook } from './sheets/error-workbook.js';
import { ImportTemplate } from './sheets/import-template.js';
import { CheckDesk, CheckFile } from './upload/check-file.js';
import { CreateImport } from './upload/create-import.js';
import { OpenImport } from './upload/open-import.js';
import { ReceiveUpload } from './upload/receive-upload.js';
import { RoundFinder } from './upload/round-finder.js';
import { UploadedFiles } from './upload/uploaded-files.js';
import { Acting } from './work/acting.js';
import { CommitChunk } from './work/commit-chunk.js';
import { CommitImport } from './work/commit-import.js';
import { CorrectRows } from './work/correct-rows.js';
import { FirstLook } from './work/first-look.js';
import { ImportEnding } from './work/import-ending.js';
import { ImportWorker } from './work/import-worker.js';
import { Leases } from './work/leases.js';
import { MappingMemory } from './work/mapping-memory.js';
import { MarkDuplicates } from './work/mark-duplicates.js';
import { ParseImport } from './work/parse-import.js';
import { RefuseFile } from './work/refuse-file.js';
import { StageRows } from './work/stage-rows.js';
import { ValidateImport } from './work/validate-import.js';

@Module({
  imports: [ImportKindsModule],
  controllers: [ImportFilesController, ImportsController, ImportPreviewController, ImportMemoriesController],
  providers: [
    ...[CancelImport, ChangeMapping, RequestCommit, RevertImport],
    ...[ImportCounts, ImportEvents, ImportStore, ImportsQueries],
    ...[CorrectRow, ImportRows, StagedLines, RowCodec, RowsQueries, ErrorWorkbook, ImportTemplate],
    ...[FixableValuesQueries, FixRows, RepairRow, RowDigests, SameRowsQueries, ConsequencesQueries, ReceiptQueries],
    ...[ClearMemory, ImportMemoriesQueries],
    ...[CheckDesk, CheckFile, UploadedFiles, CreateImport, OpenImport, ReceiveUpload, RoundFinder],
    ...[Acting, CommitChunk, CommitImport, CorrectRows, FirstLook, ImportEnding, ImportWorker, Leases, MappingMemory],
    ...[MarkDuplicates, ParseImport, RefuseFile, StageRows, ValidateImport],
  ],
})
export class ImportsModule {}
