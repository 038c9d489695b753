import { Injectable } from '@nestjs/common';
import QRCode from 'qrcode';
import { PublicAddress } from '../../infrastructure/http/public-address.js';
import type { Actor } from '../../kernel/actor.js';
import { CertificateQueries } from '../certificates.queries.js';

/** The QR of a card as a picture: level M, with the quiet zone that readers need. */
@Injectable()
export class QrCodes {
  constructor(
    private readonly certificates: CertificateQueries,
    private readonly address: PublicAddress,
  ) {}

  /** @throws Problem 404 outside the scope */
  async svg(actor: Actor, certificateId: string): Promise<string> {
    return QRCode.toString(await this.content(actor, certificateId), {
      type: 'svg',
      errorCorrectionLevel: 'M',
      margin: 4,
    });
  }

  /** @throws Problem 404 outside the scope */
  async png(actor: Actor, certificateId: string): Promise<Buffer> {
    const content = await this.content(actor, certificateId);
    return QRCode.toBuffer(content, { errorCorrectionLevel: 'M', margin: 4, width: 512 });
  }

  private async content(actor: Actor, certificateId: string): Promise<string> {
    const { publicCode } = await this.certificates.one(actor, certificateId);
    return this.address.ofCard(publicCode);
  }
}
