import { Injectable } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';

/** Where the public pages are reached from outside. */
@Injectable()
export class PublicAddress {
  readonly base: string;

  constructor(config: AppConfig) {
    const host = config.HOST === '0.0.0.0' ? '127.0.0.1' : config.HOST;
    this.base = (config.PUBLIC_BASE_URL ?? `http://${host}:${config.PORT}`).replace(/\/+$/, '');
  }

  /** The address behind a printed QR: short, so that the QR stays coarse enough for a worn card. */
  ofCard(publicCode: string): string {
    return `${this.base}/v/${publicCode}`;
  }
}

/** A code as people read and type it: 7K3M-9QXT-2F. */
export const groupedCode = (code: string): string => (code.match(/.{1,4}/g) ?? []).join('-');
