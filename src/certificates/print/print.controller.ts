import { Controller, Get, Header, Param, StreamableFile } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { ActingAs } from '../../infrastructure/http/acting-as.js';
import { Requires } from '../../infrastructure/http/requires.js';
import type { Actor } from '../../kernel/actor.js';
import { PrintCards, type PrintedPdf } from './print-cards.js';
import { QrCodes } from './qr-codes.js';

/** Cards as PDF, and the QR alone. */
@ApiTags('certificates')
@Controller()
export class PrintController {
  constructor(
    private readonly prints: PrintCards,
    private readonly codes: QrCodes,
  ) {}

  /** Both sides, 85.6 × 54 mm each. Every call is a printing: it is counted and audited. */
  @Get('certificates/:id/card.pdf')
  @Requires('certificate.print')
  @ApiProduces('application/pdf')
  async card(@ActingAs() actor: Actor, @Param('id') id: string): Promise<StreamableFile> {
    return download(await this.prints.one(actor, id));
  }

  /** Eight on a sheet of A4 for printing on both sides (turned over the long edge). */
  @Get('certificate-batches/:id/cards.pdf')
  @Requires('certificate.print')
  @ApiProduces('application/pdf')
  async sheets(@ActingAs() actor: Actor, @Param('id') id: string): Promise<StreamableFile> {
    return download(await this.prints.batch(actor, id));
  }

  @Get('certificates/:id/qr.svg')
  @Requires('business.read', 'own.read')
  @ApiProduces('image/svg+xml')
  @Header('content-type', 'image/svg+xml; charset=utf-8')
  svg(@ActingAs() actor: Actor, @Param('id') id: string): Promise<string> {
    return this.codes.svg(actor, id);
  }

  @Get('certificates/:id/qr.png')
  @Requires('business.read', 'own.read')
  @ApiProduces('image/png')
  async png(@ActingAs() actor: Actor, @Param('id') id: string): Promise<StreamableFile> {
    return new StreamableFile(await this.codes.png(actor, id), { type: 'image/png' });
  }
}

const download = ({ fileName, content }: PrintedPdf): StreamableFile =>
  new StreamableFile(content, { type: 'application/pdf', disposition: `attachment; filename="${fileName}"` });
