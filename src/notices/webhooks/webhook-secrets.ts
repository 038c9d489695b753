import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { PersonalData } from '../../infrastructure/crypto/personal-data.js';

export interface SecretRow {
  readonly id: string;
  readonly secret_cipher: string;
  readonly previous_secret_cipher: string | null;
  readonly previous_until: Date | null;
}

/** Secrets leave once, when they are made; they are stored encrypted under the key file. */
@Injectable()
export class WebhookSecrets {
  constructor(private readonly crypto: PersonalData) {}

  /** 32 random bytes in the form of Standard Webhooks. */
  create(): string {
    return `whsec_${randomBytes(32).toString('base64')}`;
  }

  lock(secret: string, webhookId: string): string {
    return this.crypto.encrypt(secret, `webhooks.secret.${webhookId}`);
  }

  /** Those that sign at this instant. */
  of(row: SecretRow, now: number): string[] {
    const open = (cipher: string): string => this.crypto.decrypt(cipher, `webhooks.secret.${row.id}`);
    const { previous_secret_cipher: previous, previous_until: until } = row;
    return [
      open(row.secret_cipher),
      ...(previous !== null && until !== null && until.getTime() > now ? [open(previous)] : []),
    ];
  }
}
