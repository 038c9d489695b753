import { SetMetadata } from '@nestjs/common';
import type { Permission } from '../../kernel/permissions.js';

/** 'public': nobody need sign in. 'signed-in': everybody who is. Else one of the named permissions is enough. */
export type Requirement = 'public' | 'signed-in' | readonly Permission[];

export const REQUIREMENT = 'chizheng:requires';

/** What a route asks for. A route without it answers 403 to everybody, and the application does not start with one. */
export const Requires = (
  ...needed: readonly ['public'] | readonly ['signed-in'] | readonly Permission[]
): MethodDecorator & ClassDecorator =>
  SetMetadata<string, Requirement>(
    REQUIREMENT,
    needed[0] === 'public' || needed[0] === 'signed-in' ? needed[0] : needed,
  );
