import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { Problem } from '../../kernel/problem.js';

/** A route that takes a multipart form. */
export const TakesFiles = Reflector.createDecorator<true>();

/** Everywhere else a form is refused: a page of another site can send one without asking, JSON it can't. */
@Injectable()
export class FilesWhereWanted implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (request.isMultipart() && this.reflector.get(TakesFiles, context.getHandler()) !== true) {
      throw new Problem('unsupported', 'MEDIA_TYPE', 'Send the body as application/json.');
    }
    return next.handle();
  }
}
