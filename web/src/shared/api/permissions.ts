// Types only, erased by the build: a permission that the server drops does not compile here.
import type { Permission, Role } from '../../../../src/kernel/permissions.js';

export type { Permission, Role };
