import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import { NestFactory, Reflector } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DynamicModule, Type } from '@nestjs/common';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../../kernel/problem.js';
import { AppConfig, readConfig } from '../config/app-config.js';
import { Metrics } from '../health/metrics.js';
import { logger } from '../logging/logger.js';
import { NestLogger } from '../logging/nest-logger.js';
import { globalValidationPipe } from '../validation/validation.js';
import { Idempotency, IdempotencyInterceptor } from './idempotency.js';
import { STATUS, ProblemFilter, sendProblem, toProblem } from './problem.filter.js';
import { requestContext } from './request-context.js';
import { routesOf } from './route-inventory.js';
import { useStrictJson } from './strict-json.js';
import { FilesWhereWanted } from './takes-files.js';
import { FormsWhereWanted, useForms } from './takes-forms.js';

/** Bodies of JSON requests; a registration of 100,000 ids fits. */
const BODY_LIMIT = 8 * 1024 * 1024;
/** Uploaded spreadsheets. */
export const FILE_LIMIT = 50 * 1024 * 1024;

/** Builds the HTTP application (it does not listen yet). The same for production, tests and benchmarks. */
export async function createApp(module: Type | DynamicModule): Promise<NestFastifyApplication> {
  refuseUnguarded(module);
  const adapter = new FastifyAdapter({
    genReqId: (request: IncomingMessage) => requestIdOf(request.headers['x-request-id']),
    trustProxy: trustedProxies(),
    routerOptions: { maxParamLength: 200 },
    bodyLimit: BODY_LIMIT,
    return503OnClosing: true,
    forceCloseConnections: 'idle',
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      // An address that can't be decoded, or an id longer than any: neither a hook nor a route has seen it.
      const tooLong = error.code === 'FST_ERR_MAX_PARAM_LENGTH';
      const problem = tooLong ? new Problem('not-found', 'NOT_FOUND', 'There is no such resource.') : toProblem(error);
      void reply.header('x-request-id', String(request.id));
      sendProblem(reply, problem ? STATUS[problem.kind] : 500, problem, request);
    },
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    bodyParser: false,
    logger: new NestLogger(),
    abortOnError: false,
  });
  useStrictJson(app, BODY_LIMIT);
  useForms(app);
  await app.register(cookie);
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        styleSrc: ["'self'", "'unsafe-inline'"],
        scriptSrc: ["'self'"],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        upgradeInsecureRequests: null,
      },
    },
    hsts: false,
  });
  await app.register(multipart, {
    limits: { fileSize: FILE_LIMIT, files: 2, fields: 10, fieldSize: 16_384, parts: 12 },
  });
  watchRequests(app);
  app.useGlobalPipes(globalValidationPipe());
  app.useGlobalFilters(new ProblemFilter());
  app.useGlobalInterceptors(
    new FilesWhereWanted(app.get(Reflector)),
    new FormsWhereWanted(app.get(Reflector)),
    new IdempotencyInterceptor(app.get(Idempotency), app.get(Reflector)),
  );
  app.enableShutdownHooks([]);
  app.get(AppConfig);
  return app;
}

/** Everything of the API stands below /api/v1; what others than its clients ask for stands beside it. */
export function prefixRoutes(app: NestFastifyApplication): void {
  app.setGlobalPrefix('api/v1', {
    exclude: ['health/live', 'health/ready', 'metrics', 'v', 'v/:code', 'v/:code/report'],
  });
}

/** @throws Error when a route declares no permission: it would answer 403 to everybody, so nobody meant it so. */
function refuseUnguarded(module: Type | DynamicModule): void {
  const unguarded = routesOf(module).filter(({ needs }) => needs === null);
  if (unguarded.length === 0) return;
  throw new Error(
    `These routes declare no permission: ${unguarded.map(({ method, path }) => `${method} ${path}`).join(', ')}`,
  );
}

/** Request id, access log without query strings, metrics by route template. */
function watchRequests(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  const metrics = app.get(Metrics);
  fastify.addHook('onRequest', (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
    void reply.header('x-request-id', String(request.id));
    if (request.url.startsWith('/api/')) void reply.header('cache-control', 'no-store');
    requestContext.run({ requestId: String(request.id), ip: request.ip }, done);
  });
  fastify.addHook('onResponse', (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
    const route = request.routeOptions.url ?? 'unknown';
    metrics.requests.observe(
      { method: request.method, route, status: String(reply.statusCode) },
      reply.elapsedTime / 1000,
    );
    logger.info(
      {
        requestId: request.id,
        method: request.method,
        route,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'request',
    );
    done();
  });
}

function requestIdOf(header: string | string[] | undefined): string {
  return typeof header === 'string' && /^[A-Za-z0-9._-]{8,80}$/.test(header) ? header : randomUUID();
}

/** Believes X-Forwarded-For only from as many proxies as the installation really has. */
function trustedProxies(): (address: string, hop: number) => boolean {
  const hops = readConfig().TRUSTED_PROXIES;
  return (_address, hop) => hop < hops;
}
