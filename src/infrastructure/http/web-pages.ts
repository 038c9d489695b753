import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../../kernel/problem.js';
import { AppConfig } from '../config/app-config.js';
import { STATUS, sendProblem } from './problem.filter.js';

/** What is no page, whoever asks. */
const NO_PAGE = /^\/(api|v|health|metrics|assets)(\/|$)/;
const NONCE = /__CSP_NONCE__/g;
const YEAR_SECONDS = 31_536_000;

/**
 * Serves the built pages on the product's own port: files whose names carry their hash for ever, the page itself never from a
 * cache, and the page for every address that a browser navigates to. Without a build the root shows the API's documentation.
 *
 * @param folder where `vite build` wrote
 */
export async function serveWebPages(app: NestFastifyApplication, folder = resolve('web', 'dist')): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance();
  const index = join(folder, 'index.html');
  if (!existsSync(index)) {
    fastify.get('/', (_request, reply) => reply.redirect('/api/docs'));
    return;
  }
  const read = (): string => readFileSync(index, 'utf8');
  // Whoever works on the pages builds them anew while the product runs.
  const page = app.get(AppConfig).NODE_ENV === 'production' ? read() : null;
  await app.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    decorateReply: false,
    index: false,
    dotfiles: 'ignore',
    cacheControl: false,
    setHeaders: (reply) => {
      void reply.header('cache-control', `public, max-age=${YEAR_SECONDS}, immutable`);
    },
  });
  const icon = readFileSync(join(folder, 'icon.svg'), 'utf8');
  fastify.get('/icon.svg', (_request: FastifyRequest, reply: FastifyReply) =>
    reply.header('cache-control', 'public, max-age=86400').type('image/svg+xml').send(icon),
  );
  fastify.get('/*', (request: FastifyRequest, reply: FastifyReply) => {
    const path = request.url.split('?')[0] ?? '';
    const navigation = (request.headers.accept ?? '').includes('text/html');
    if (NO_PAGE.test(path) || !navigation) {
      const problem = new Problem('not-found', 'NOT_FOUND', 'There is no such resource.');
      sendProblem(reply, STATUS[problem.kind], problem, request);
      return reply;
    }
    const nonce = randomBytes(18).toString('base64');
    return reply
      .header('cache-control', 'no-cache')
      .header('content-security-policy', contentPolicy(nonce))
      .type('text/html; charset=utf-8')
      .send((page ?? read()).replace(NONCE, nonce));
  });
}

/** Everything from this host; style elements only with the page's own mark; no inline script, no frame, no form elsewhere. */
const contentPolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    // antd's server-rendered icons and ECharts' drawings set single properties; no selector can be written so.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
