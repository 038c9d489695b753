import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../../kernel/problem.js';

/** The version in `If-Match: "<version>"`. 428 without it, 400 for anything else. */
export const IfMatch = createParamDecorator((_data: unknown, context: ExecutionContext): number => {
  const header = context.switchToHttp().getRequest<FastifyRequest>().headers['if-match'];
  if (header === undefined) {
    throw new Problem('unversioned', 'IF_MATCH_REQUIRED', 'Send If-Match with the ETag of the record that you read.');
  }
  const found = /^"(\d{1,9})"$/.exec(header);
  if (!found?.[1])
    throw new Problem('invalid', 'IF_MATCH_MALFORMED', 'If-Match must be the ETag as it was given: "<version>".');
  return Number(found[1]);
});

/** Sets the ETag of a record. */
export function setVersion(reply: FastifyReply, version: number): void {
  void reply.header('etag', `"${version}"`);
}

/** The answer to a version that is no longer current. */
export const staleVersion = (current: number): Problem =>
  new Problem(
    'stale',
    'VERSION_STALE',
    'Somebody changed this record since you read it. Read it again, then repeat your change.',
    {
      extensions: { currentVersion: current },
    },
  );
