import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem, type InputError, type ProblemKind } from '../../kernel/problem.js';
import { explain } from '../../rules/refusal-texts.js';
import type { Reason } from '../../rules/verdict.js';
import { isOutage } from '../database/outage.js';
import { describeError } from '../logging/describe-error.js';
import { logger } from '../logging/logger.js';

export const STATUS: Readonly<Record<ProblemKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  stale: 412,
  'too-large': 413,
  unsupported: 415,
  refused: 422,
  unversioned: 428,
  throttled: 429,
  undetermined: 503,
};

/** Our own sentences: those of parsers and frameworks may quote the input. */
const BY_STATUS: Readonly<Record<number, readonly [ProblemKind, string, string]>> = {
  400: ['invalid', 'INPUT_MALFORMED', 'The request could not be read. Send well-formed JSON with known fields.'],
  401: ['unauthenticated', 'NOT_SIGNED_IN', 'Sign in first.'],
  403: ['forbidden', 'FORBIDDEN', 'This is not allowed.'],
  404: ['not-found', 'NOT_FOUND', 'There is no such resource.'],
  405: ['not-found', 'NOT_FOUND', 'There is no such resource.'],
  406: ['unsupported', 'MEDIA_TYPE', 'Send the body as application/json, files as multipart/form-data.'],
  413: ['too-large', 'TOO_LARGE', 'The request is larger than allowed.'],
  415: ['unsupported', 'MEDIA_TYPE', 'Send the body as application/json, files as multipart/form-data.'],
  429: ['throttled', 'TOO_MANY_REQUESTS', 'Too many requests. Wait and try again.'],
};

const OUTAGE = new Problem(
  'undetermined',
  'DEPENDENCY_DOWN',
  'A service behind this one does not answer. Nothing was decided; try again soon.',
  {
    retryAfterSeconds: 5,
  },
);

/** Turns every error into application/problem+json (RFC 9457). Unexpected ones are logged without message, SQL or parameters. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const problem = toProblem(error);
    const status = problem ? STATUS[problem.kind] : 500;
    if (!problem) logger.error({ traceId: String(request.id), ...describeError(error) }, 'unexpected error');
    sendProblem(reply, status, problem, request);
  }
}

/** The problem an error stands for; null when it is a fault of ours (500). */
export function toProblem(error: unknown): Problem | null {
  if (error instanceof Problem) return error;
  if (isOutage(error)) return OUTAGE;
  const status = error instanceof HttpException ? error.getStatus() : statusOfParser(error);
  const known = status === null ? undefined : BY_STATUS[status];
  if (known) return new Problem(known[0], known[1], known[2]);
  return status !== null && status < 500
    ? new Problem('invalid', 'INPUT_MALFORMED', 'The request could not be read.')
    : null;
}

/** Fastify and its plugins throw plain errors with a statusCode. */
function statusOfParser(error: unknown): number | null {
  if (typeof error !== 'object' || error === null) return null;
  const { statusCode, code } = error as { statusCode?: unknown; code?: unknown };
  return typeof statusCode === 'number' && typeof code === 'string' && code.startsWith('FST_') ? statusCode : null;
}

/** Writes the problem document; also used by Fastify's own error handler for what never reaches Nest. */
export function sendProblem(
  reply: FastifyReply,
  status: number,
  problem: Problem | null,
  request: FastifyRequest,
): void {
  if (reply.sent || reply.raw.headersSent) return;
  const code = problem?.code ?? 'INTERNAL';
  if (problem?.more.retryAfterSeconds) void reply.header('retry-after', String(problem.more.retryAfterSeconds));
  void reply
    .status(status)
    .type('application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(
      JSON.stringify({
        // First, so that none of them can hide a standard member.
        ...problem?.more.extensions,
        type: `/problems/${code.toLowerCase().replaceAll('_', '-')}`,
        title: code,
        status,
        detail:
          problem?.message ??
          'Something went wrong here, not with your request. Nothing was kept. Tell us the traceId.',
        instance: withoutIdNumbers((request.url.split('?')[0] ?? '').slice(0, 300)),
        code,
        traceId: String(request.id),
        ...(problem?.more.errors ? { errors: problem.more.errors.map(harmless) } : {}),
        ...(problem?.more.reasons ? { reasons: problem.more.reasons.map(explained) } : {}),
      }),
    );
}

/** What a client wrote into a path or a field's name may be an ID number: it is not written back. */
const withoutIdNumbers = (text: string): string => text.replace(/\d{14,17}[\dXx]/g, '***');
const harmless = ({ pointer, code, detail }: InputError): InputError => ({
  pointer: withoutIdNumbers(pointer),
  code,
  detail: withoutIdNumbers(detail),
});

export const explained = (reason: Reason): ReturnType<typeof explain> => explain(reason);
