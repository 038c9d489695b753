import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Problem } from '../../kernel/problem.js';

export const FORM_TYPE = 'application/x-www-form-urlencoded';
/** Our forms hold a few short fields. */
const FORM_LIMIT = 16 * 1024;

/** A route that takes a plain HTML form: pages that work without JavaScript. */
export const TakesForms = Reflector.createDecorator<true>();

/** Fields of a form by name; the first of two with one name. Kept apart from JSON, so that no DTO ever sees one. */
export class FormFields {
  private readonly fields: ReadonlyMap<string, string>;

  constructor(text: string) {
    const fields = new Map<string, string>();
    for (const [name, value] of new URLSearchParams(text)) if (!fields.has(name)) fields.set(name, value);
    this.fields = fields;
  }

  /** Trimmed, in its composed form, without control characters; '' when it is absent. */
  text(name: string): string {
    const text = (this.fields.get(name) ?? '').replace(/\r\n?/g, '\n').normalize('NFC');
    return text.replace(/[^\P{Cc}\n]/gu, '').trim();
  }
}

export function useForms(app: NestFastifyApplication): void {
  app.useBodyParser(FORM_TYPE, { bodyLimit: FORM_LIMIT }, (_request, body, done) => {
    done(null, new FormFields(body.toString()));
  });
}

/** Everywhere else a form is refused: a page of another site can send one without asking, JSON it can't. */
@Injectable()
export class FormsWhereWanted implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (request.body instanceof FormFields && this.reflector.get(TakesForms, context.getHandler()) !== true) {
      throw new Problem('unsupported', 'MEDIA_TYPE', 'Send the body as application/json.');
    }
    return next.handle();
  }
}

/** The form as it came; null when something else was sent, or by a page of another site. */
export function ownForm(request: FastifyRequest): FormFields | null {
  if (!(request.body instanceof FormFields)) return null;
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return null;
  const { origin, host } = request.headers;
  if (origin !== undefined && origin !== 'null' && hostOf(origin) !== host) return null;
  return request.body;
}

function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
}
