import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../../kernel/actor.js';

/** What the audit and the logs want to know of the request at hand. */
export interface RequestContext {
  readonly requestId: string;
  readonly ip: string;
}

export const requestContext = new AsyncLocalStorage<RequestContext>();

/** The request after the session guard has seen it. */
export interface SignedRequest extends FastifyRequest {
  actor?: Actor;
  sessionHash?: string;
}
