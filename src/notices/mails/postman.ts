import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import MailComposer from 'nodemailer/lib/mail-composer';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { AppConfig } from '../../infrastructure/config/app-config.js';

const TIMEOUT_MS = 15_000;

export interface Letter {
  readonly messageId: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly at: Date;
}

/** REFUSED: certainly not taken. UNCERTAIN: the connection was lost while the server took it. `error` is a code word. */
export interface Posted {
  readonly outcome: 'TAKEN' | 'REFUSED' | 'UNCERTAIN';
  readonly error: string | null;
}

/**
 * Hands letters to the mail server. It speaks SMTP step by step, because only so can it tell a letter that was certainly not taken
 * (try again) from one that may have been (never twice).
 */
@Injectable()
export class Postman {
  constructor(private readonly config: AppConfig) {}

  get isConfigured(): boolean {
    return this.config.SMTP_URL !== undefined && this.config.MAIL_FROM !== undefined;
  }

  /** Never throws. */
  async post(letter: Letter): Promise<Posted> {
    const { SMTP_URL: url, MAIL_FROM: from } = this.config;
    if (url === undefined || from === undefined) return { outcome: 'REFUSED', error: 'NOT_CONFIGURED' };
    const raw = await new MailComposer({
      from,
      to: letter.to,
      subject: letter.subject,
      text: letter.text,
      messageId: letter.messageId,
      date: letter.at,
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
      .compile()
      .build();
    const body = Readable.from([raw]);
    const connection = this.connection(url);
    try {
      await this.hand(connection, url, { from, to: [letter.to] }, body);
      return { outcome: 'TAKEN', error: null };
    } catch (error) {
      const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
      // The server said no, or the text had not begun to leave.
      const isRefused = typeof responseCode === 'number' || !body.readableDidRead;
      return { outcome: isRefused ? 'REFUSED' : 'UNCERTAIN', error: codeOf(code, responseCode) };
    } finally {
      connection.close();
    }
  }

  private connection(url: string): SMTPConnection {
    const { host, port, secure } = parseConnectionUrl(url);
    const isHere = ['localhost', '127.0.0.1', '::1'].includes(host ?? '');
    return new SMTPConnection({
      ...(host === undefined ? {} : { host }),
      ...(port === undefined ? {} : { port: Number(port) }),
      secure: secure === true,
      // Passwords and letters never go over the net in clear.
      requireTLS: secure !== true && this.config.NODE_ENV === 'production' && !isHere,
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
    });
  }

  private hand(
    connection: SMTPConnection,
    url: string,
    envelope: { from: string; to: string[] },
    body: Readable,
  ): Promise<void> {
    const { auth } = parseConnectionUrl(url);
    return new Promise((resolve, reject) => {
      connection.once('error', reject);
      connection.once('end', () => reject(new Error('ended')));
      const send = (): void => connection.send(envelope, body, (error) => (error ? reject(error) : resolve()));
      connection.connect((error) => {
        if (error) reject(error);
        else if (auth?.user === undefined) send();
        else {
          const credentials = { user: auth.user, pass: auth.pass ?? '' };
          connection.login({ credentials }, (refused) => (refused ? reject(refused) : send()));
        }
      });
    });
  }
}

/** Code words only: the text of an error may hold the address. */
function codeOf(code: unknown, responseCode: unknown): string {
  if (typeof responseCode === 'number') return `SMTP_${responseCode}`;
  return typeof code === 'string' && /^[A-Z0-9_]{1,40}$/.test(code) ? code : 'CONNECTION_LOST';
}
