import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { Injectable } from '@nestjs/common';
import { Webhook } from 'standardwebhooks';
import { AppConfig } from '../../infrastructure/config/app-config.js';
import { AddressRefused, faultOfUrl, guardedLookup } from './address-guard.js';

const TIMEOUT_MS = 10_000;

export interface Message {
  readonly id: string;
  readonly at: number;
  readonly body: string;
}

/** How one attempt ended: a status of the receiver, or a code of ours. Nothing of its answer is kept. */
export interface Outcome {
  readonly status: number | null;
  readonly error: string | null;
}

/** Sends one message by Standard Webhooks: no redirect is followed, nothing of the answer is read, ten seconds at most. */
@Injectable()
export class WebhookClient {
  private timeoutMs = TIMEOUT_MS;

  constructor(private readonly config: AppConfig) {}

  /** For tests, which have no ten seconds. */
  waitAtMost(milliseconds: number): void {
    this.timeoutMs = milliseconds;
  }

  /** Null when the address may be tried. */
  faultOf(url: string): string | null {
    return faultOfUrl(url, {
      httpsOnly: this.config.NODE_ENV === 'production',
      privateAllowed: this.config.WEBHOOK_PRIVATE_ADDRESSES,
    });
  }

  /** Never throws. `secrets`: the present one, and the one before while it still counts. */
  async send(url: string, secrets: readonly string[], { id, at, body }: Message): Promise<Outcome> {
    const fault = this.faultOf(url);
    if (fault !== null) return { status: null, error: fault };
    const seconds = Math.floor(at / 1000);
    const options: RequestOptions = {
      method: 'POST',
      agent: false,
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'chizheng-webhooks/1',
        'webhook-id': id,
        'webhook-timestamp': String(seconds),
        'webhook-signature': secrets
          .map((secret) => new Webhook(secret).sign(id, new Date(seconds * 1000), body))
          .join(' '),
      },
      ...(this.config.WEBHOOK_PRIVATE_ADDRESSES ? {} : { lookup: guardedLookup }),
    };
    try {
      return { status: await this.post(new URL(url), options, body), error: null };
    } catch (error) {
      return { status: null, error: codeOf(error) };
    }
  }

  private post(url: URL, options: RequestOptions, body: string): Promise<number> {
    return new Promise((resolve, reject) => {
      const send = url.protocol === 'https:' ? requestHttps : requestHttp;
      const request = send(url, options, (response: IncomingMessage) => {
        clearTimeout(timer);
        resolve(response.statusCode ?? 0);
        request.destroy();
      });
      const timer = setTimeout(() => request.destroy(new Error('TIMEOUT')), this.timeoutMs);
      request.once('error', (error) => {
        clearTimeout(timer);
        reject(error);
      });
      request.end(body);
    });
  }
}

/** Code words only: an error's text may hold the address. */
function codeOf(error: unknown): string {
  if (error instanceof AddressRefused) return 'URL_PRIVATE_ADDRESS';
  if (error instanceof Error && error.message === 'TIMEOUT') return 'TIMEOUT';
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && /^[A-Z0-9_]{1,40}$/.test(code) ? code : 'CONNECTION_FAILED';
}
