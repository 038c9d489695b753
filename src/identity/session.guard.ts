import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { sha256 } from '../infrastructure/crypto/canonical.js';
import { REQUIREMENT, type Requirement } from '../infrastructure/http/requires.js';
import type { SignedRequest } from '../infrastructure/http/request-context.js';
import { Problem } from '../kernel/problem.js';
import { Actors } from './actors.js';
import { SESSION_COOKIE, Sessions } from './sessions.js';

/** Finds out who asks. Runs before the access guard; a missing or dead token simply leaves nobody signed in. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly actors: Actors,
    private readonly sessions: Sessions,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const needed = this.reflector.getAllAndOverride<Requirement | undefined>(REQUIREMENT, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (needed === 'public') return true;
    const request = context.switchToHttp().getRequest<SignedRequest>();
    const token = tokenOf(request);
    if (token === null) return true;
    const tokenHash = sha256(token);
    const found = await this.actors.ofSession(tokenHash);
    if (!found) return true;
    request.actor = found.actor;
    request.sessionHash = tokenHash;
    if (found.mustChangePassword && needed !== 'signed-in') {
      throw new Problem('forbidden', 'PASSWORD_CHANGE_REQUIRED', 'Change your first password before anything else.');
    }
    await this.sessions.touch(tokenHash, found);
    return true;
  }
}

function tokenOf(request: SignedRequest): string | null {
  const header = request.headers.authorization;
  const bearer = header === undefined ? undefined : /^Bearer ([A-Za-z0-9_-]{20,100})$/.exec(header)?.[1];
  if (header !== undefined) return bearer ?? null;
  const cookie = request.cookies[SESSION_COOKIE];
  return cookie && /^[A-Za-z0-9_-]{20,100}$/.test(cookie) ? cookie : null;
}
