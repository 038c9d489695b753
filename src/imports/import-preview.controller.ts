import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ActingAs } from '../infrastructure/http/acting-as.js';
import { Requires } from '../infrastructure/http/requires.js';
import type { Actor } from '../kernel/actor.js';
import { FixableValuesQueries } from './fixes/fixable-values.queries.js';
import { FixRows } from './fixes/fix-rows.js';
import { RepairRow } from './fixes/repair-row.js';
import { AcceptRepairDto, FixableValuesQuery, FixRowsDto, RowNumberParam } from './import.dto.js';
import { ImportRowView } from './import.view.js';
import { FixableValuesView, FixedRowsView, ImportConsequencesView, RepairOffersView } from './import-preview.view.js';
import { ImportReceiptView } from './import-receipt.view.js';
import { IMPORT_RIGHTS } from './imports.controller.js';
import { ConsequencesQueries } from './preview/consequences.queries.js';
import { ReceiptQueries } from './preview/receipt.queries.js';

/** Between the validation and the commit: what would happen, what can be put right, and what is proved afterwards. */
@ApiTags('imports')
@Controller('imports/:id')
@Requires(...IMPORT_RIGHTS)
export class ImportPreviewController {
  constructor(
    private readonly consequences: ConsequencesQueries,
    private readonly fixable: FixableValuesQueries,
    private readonly fixRows: FixRows,
    private readonly repairRow: RepairRow,
    private readonly receipts: ReceiptQueries,
  ) {}

  /** What the commit would lead to, decided by its own code. */
  @Get('consequences')
  follows(@ActingAs() actor: Actor, @Param('id') id: string): Promise<ImportConsequencesView> {
    return this.consequences.read(actor, id);
  }

  /** Values of cells with an error, each once with its number of rows: for mapping or fixing them all at once. */
  @Get('values')
  values(
    @ActingAs() actor: Actor,
    @Param('id') id: string,
    @Query() query: FixableValuesQuery,
  ): Promise<FixableValuesView> {
    return this.fixable.list(actor, id, query);
  }

  /** The same wrong value everywhere at once; then the rows are examined anew. */
  @Post('fixes')
  @HttpCode(202)
  fix(@ActingAs() actor: Actor, @Param('id') id: string, @Body() body: FixRowsDto): Promise<FixedRowsView> {
    return this.fixRows.execute(actor, id, body);
  }

  /** What the register holds where exactly one registered person fits; nothing is changed. */
  @Get('rows/:rowNumber/repairs')
  offers(@ActingAs() actor: Actor, @Param() { id, rowNumber }: RowNumberParam): Promise<RepairOffersView> {
    return this.repairRow.offers(actor, id, rowNumber);
  }

  /** Takes one offer; audited. */
  @Post('rows/:rowNumber/repairs')
  @HttpCode(200)
  repair(
    @ActingAs() actor: Actor,
    @Param() { id, rowNumber }: RowNumberParam,
    @Body() body: AcceptRepairDto,
  ): Promise<ImportRowView> {
    return this.repairRow.accept(actor, id, rowNumber, body.offerId);
  }

  @Get('receipt')
  receipt(@ActingAs() actor: Actor, @Param('id') id: string): Promise<ImportReceiptView> {
    return this.receipts.read(actor, id);
  }
}
