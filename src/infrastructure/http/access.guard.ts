import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Problem } from '../../kernel/problem.js';
import { REQUIREMENT, type Requirement } from './requires.js';
import type { SignedRequest } from './request-context.js';

/** Deny by default. Runs after identity's session guard; looks at session and route only, never at a body. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const needed = this.reflector.getAllAndOverride<Requirement | undefined>(REQUIREMENT, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (needed === undefined) throw new Problem('forbidden', 'ROUTE_UNGUARDED', 'This route declares no permission.');
    if (needed === 'public') return true;
    const { actor } = context.switchToHttp().getRequest<SignedRequest>();
    if (!actor) throw new Problem('unauthenticated', 'NOT_SIGNED_IN', 'Sign in first.');
    if (needed === 'signed-in') return true;
    if (needed.some((permission) => actor.permissions.has(permission))) return true;
    throw new Problem('forbidden', 'PERMISSION_MISSING', `Your roles lack the permission ${needed.join(' or ')}.`);
  }
}
