import type { FastifyReply } from 'fastify';
import { setVersion } from '../infrastructure/http/if-match.js';

/** Sets the record's ETag and gives the record. */
export function versioned<T extends { readonly version: number }>(reply: FastifyReply, view: T): T {
  setVersion(reply, view.version);
  return view;
}
