import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Problem } from '../../kernel/problem.js';

const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);
/** Deeper nesting than any DTO of ours has. */
const MAX_DEPTH = 20;

/** The only body parser besides multipart: refuses keys that reach for prototypes, whatever their depth (K35). */
export function useStrictJson(app: NestFastifyApplication, bodyLimit: number): void {
  // Fastify's own parser of text: a page of another site may send text/plain without asking.
  app.getHttpAdapter().getInstance().removeContentTypeParser('text/plain');
  app.useBodyParser('application/json', { bodyLimit }, (_request, body, done) => {
    const text = body.toString();
    if (text === '') return done(null, undefined);
    try {
      done(null, parseStrictJson(text));
    } catch {
      done(new Problem('invalid', 'INPUT_MALFORMED', 'The body is not well-formed JSON.'));
    }
  });
}

/** @throws SyntaxError for malformed text, a forbidden key or absurd nesting. */
export function parseStrictJson(text: string): unknown {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (inString) {
      if (char === '\\') i++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{' || char === '[') {
      if (++depth > MAX_DEPTH) throw new SyntaxError('nested too deep');
    } else if (char === '}' || char === ']') depth--;
  }
  const value = JSON.parse(text, (key, inner: unknown) => {
    if (FORBIDDEN_KEYS.has(key)) throw new SyntaxError('forbidden key');
    return inner;
  }) as unknown;
  return value;
}
