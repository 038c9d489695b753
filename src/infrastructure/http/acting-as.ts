import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { Problem } from '../../kernel/problem.js';
import type { SignedRequest } from './request-context.js';

/** The signed-in person, as the session guard found it. */
export const ActingAs = createParamDecorator((_data: unknown, context: ExecutionContext): Actor => {
  const { actor } = context.switchToHttp().getRequest<SignedRequest>();
  if (!actor) throw new Problem('unauthenticated', 'NOT_SIGNED_IN', 'Sign in first.');
  return actor;
});
