import 'reflect-metadata';
import { RequestMethod, type DynamicModule, type Type } from '@nestjs/common';
import { METHOD_METADATA, MODULE_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { REQUIREMENT, type Requirement } from './requires.js';

export interface Route {
  readonly method: string;
  readonly path: string;
  /** 'public', 'signed-in', the permissions (one is enough), or null where the route declares nothing. */
  readonly needs: Requirement | null;
  readonly controller: Type;
  readonly handler: string;
}

const OUTSIDE_API = /^(health|metrics|v)(\/|$)/;

/** Every route of a module and of what it imports, from the decorators alone: the application need not run. */
export function routesOf(module: Type | DynamicModule): Route[] {
  return controllersOf(module, new Set())
    .flatMap(routesOfController)
    .sort((a, b) => compare(a.path, b.path) || compare(a.method, b.method));
}

/** The lines of docs/routes.txt: every change of a permission shows in the diff. */
export const inventoryLines = (routes: readonly Route[]): string[] =>
  routes.map(
    ({ method, path, needs }) =>
      `${method.padEnd(5)} ${path} ${needs === null ? 'NOTHING DECLARED' : typeof needs === 'string' ? needs : needs.join('|')}`,
  );

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function controllersOf(module: unknown, seen: Set<unknown>): Type[] {
  const type = (typeof module === 'object' && module !== null && 'module' in module ? module.module : module) as Type;
  if (typeof type !== 'function' || seen.has(type)) return [];
  seen.add(type);
  const own = (Reflect.getMetadata(MODULE_METADATA.CONTROLLERS, type) ?? []) as Type[];
  const imported = (Reflect.getMetadata(MODULE_METADATA.IMPORTS, type) ?? []) as unknown[];
  return [...own, ...imported.flatMap((next) => controllersOf(next, seen))];
}

function routesOfController(controller: Type): Route[] {
  const prototype = controller.prototype as Record<string, unknown>;
  const bases = pathsOf(Reflect.getMetadata(PATH_METADATA, controller));
  return Object.getOwnPropertyNames(prototype).flatMap((handler) => {
    const method = prototype[handler];
    if (handler === 'constructor' || typeof method !== 'function') return [];
    const verb = Reflect.getMetadata(METHOD_METADATA, method) as RequestMethod | undefined;
    if (verb === undefined) return [];
    const needs = (Reflect.getMetadata(REQUIREMENT, method) ??
      Reflect.getMetadata(REQUIREMENT, controller) ??
      null) as Requirement | null;
    return bases.flatMap((base) =>
      pathsOf(Reflect.getMetadata(PATH_METADATA, method)).map((path): Route => {
        const whole = [base, path]
          .map((part) => part.replace(/^\/|\/$/g, ''))
          .filter((part) => part !== '')
          .join('/');
        return {
          method: RequestMethod[verb],
          path: OUTSIDE_API.test(whole) ? `/${whole}` : `/api/v1/${whole}`,
          needs,
          controller,
          handler,
        };
      }),
    );
  });
}

const pathsOf = (path: unknown): string[] =>
  Array.isArray(path) ? (path as string[]) : [typeof path === 'string' ? path : ''];
