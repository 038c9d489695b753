import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { firstValueFrom, from, type Observable } from 'rxjs';
import type { FastifyReply } from 'fastify';
import { Clock } from '../../kernel/clock.js';
import { Problem } from '../../kernel/problem.js';
import { canonicalJson, sha256 } from '../crypto/canonical.js';
import { Db } from '../database/db.js';
import { isDuplicateOf, UnitOfWork } from '../database/unit-of-work.js';
import type { SignedRequest } from './request-context.js';

interface Stored {
  readonly request_hash: string;
  readonly status: number | null;
  readonly headers_json: string | null;
  readonly body_json: string | null;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** A key is kept this long. */
export const IDEMPOTENCY_HOURS = 24;

/**
 * Does a piece of work once per (principal, key). The answer is stored in the transaction of the work itself, so a crash leaves
 * both or neither; two at once wait for each other on the key's row.
 */
@Injectable()
export class Idempotency {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem 422 IDEMPOTENCY_KEY_REUSED when the key came with another request. */
  async once(
    principalId: string,
    key: string,
    requestHash: string,
    work: () => Promise<Answer>,
  ): Promise<Answer & { replayed: boolean }> {
    try {
      const answer = await this.uow.run(async () => {
        await this.db.insert('idempotency_keys', {
          principal_id: principalId,
          idempotency_key: key,
          request_hash: requestHash,
          created_at: new Date(await this.clock.now()),
        });
        const done = await work();
        await this.db.execute(
          `UPDATE idempotency_keys SET status = ?, headers_json = ?, body_json = ?, finished_at = UTC_TIMESTAMP(3)
           WHERE principal_id = ? AND idempotency_key = ?`,
          [done.status, JSON.stringify(done.headers), JSON.stringify(done.body ?? null), principalId, key],
        );
        return done;
      });
      return { ...answer, replayed: false };
    } catch (error) {
      if (!isDuplicateOf(error, 'idempotency_keys') && !isDuplicateOf(error, 'PRIMARY')) throw error;
      return { ...(await this.replay(principalId, key, requestHash, error)), replayed: true };
    }
  }

  private async replay(principalId: string, key: string, requestHash: string, cause: unknown): Promise<Answer> {
    const stored = await this.db.row<Stored>(
      'SELECT request_hash, status, headers_json, body_json FROM idempotency_keys WHERE principal_id = ? AND idempotency_key = ?',
      [principalId, key],
    );
    if (!stored) throw cause;
    if (stored.request_hash !== requestHash) {
      throw new Problem(
        'refused',
        'IDEMPOTENCY_KEY_REUSED',
        'This Idempotency-Key came with another request before. Use a new key.',
      );
    }
    if (stored.status === null)
      throw new Problem('conflict', 'IDEMPOTENCY_IN_PROGRESS', 'The first request with this key still runs.');
    return {
      status: stored.status,
      headers: JSON.parse(stored.headers_json ?? '{}') as Record<string, string>,
      body: JSON.parse(stored.body_json ?? 'null') as unknown,
    };
  }
}

/** The key of a request, checked. @throws Problem 400 */
export function idempotencyKeyOf(request: { headers: Record<string, string | string[] | undefined> }): string | null {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw new Problem(
      'invalid',
      'IDEMPOTENCY_KEY_MALFORMED',
      'Idempotency-Key must be 1 to 200 visible ASCII characters.',
    );
  }
  return key;
}

/** A route that handles the key itself (uploads, whose body is no JSON). */
export const HandlesIdempotency = Reflector.createDecorator<true>();

/** Applies `Idempotency-Key` to every POST with a JSON body. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly reflector: Reflector,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<SignedRequest>();
    const ownHandling = this.reflector.get(HandlesIdempotency, context.getHandler()) === true;
    const key = request.method === 'POST' && !ownHandling ? idempotencyKeyOf(request) : null;
    if (key === null || !request.actor) return next.handle();
    const reply = http.getResponse<FastifyReply>();
    const hash = sha256(canonicalJson([request.method, request.url, request.body ?? null]));
    return from(this.answer(request.actor.accountId, key, hash, reply, next));
  }

  private async answer(
    principal: string,
    key: string,
    hash: string,
    reply: FastifyReply,
    next: CallHandler,
  ): Promise<unknown> {
    const answer = await this.idempotency.once(principal, key, hash, async () => {
      const body: unknown = await firstValueFrom(next.handle());
      const headers: Record<string, string> = {};
      for (const name of ['location', 'etag']) {
        const value = reply.getHeader(name);
        if (typeof value === 'string') headers[name] = value;
      }
      return { status: reply.statusCode, headers, body };
    });
    if (answer.replayed) {
      void reply.status(answer.status).headers({ ...answer.headers, 'idempotent-replayed': 'true' });
    }
    return answer.body;
  }
}
