import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Body, Controller, Get, Module, Post } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { describe, expect, it } from '@jest/globals';
import { getMetadataStorage } from 'class-validator';
import { AppModule } from '../../src/app.module.js';
import { inventoryLines, routesOf, type Route } from '../../src/infrastructure/http/route-inventory.js';
import { Requires } from '../../src/infrastructure/http/requires.js';

const routes = routesOf(AppModule);

/** Bodies and queries whose class carries no rule: the pipe would let anything through (K25, K34). */
const weakInputs = (all: readonly Route[]): string[] =>
  all.flatMap(({ controller, handler }) => {
    const types = (Reflect.getMetadata('design:paramtypes', controller.prototype as object, handler) ??
      []) as (new () => object)[];
    const args = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, handler) ?? {}) as Record<
      string,
      { index: number; data?: unknown }
    >;
    return Object.entries(args)
      .filter(([key, { data }]) => /^[34]:/.test(key) && data === undefined)
      .filter(([, { index }]) => {
        const type = types[index];
        return (
          type === undefined ||
          type === Object ||
          getMetadataStorage().getTargetValidationMetadatas(type, '', true, false).length === 0
        );
      })
      .map(() => `${controller.name}.${handler}`);
  });

/** Fields of an input class without a rule, found by comparing with what class-validator knows. */
describe('the routes', () => {
  it('are those of the inventory, with their permissions (npm run api:write renews it)', () => {
    const written = readFileSync(join(import.meta.dirname, '../../docs/routes.txt'), 'utf8')
      .trimEnd()
      .split('\n');
    expect(inventoryLines(routes)).toEqual(written);
    expect(routes.length).toBeGreaterThan(90);
  });

  it('all declare what they need', () => {
    expect(routes.filter(({ needs }) => needs === null).map(({ path }) => path)).toEqual([]);
  });

  it('are public in few places only', () => {
    expect(routes.filter(({ needs }) => needs === 'public').map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /api/v1/auth/demo-sign-in',
      'GET /api/v1/auth/door',
      'POST /api/v1/auth/login',
      'GET /api/v1/public/certificates',
      'GET /api/v1/public/officer-units',
      'GET /api/v1/public/officers',
      'GET /api/v1/public/signing-keys',
      'GET /health/live',
      'GET /health/ready',
      'GET /metrics',
      'GET /v',
      'POST /v',
      'GET /v/:code',
      'GET /v/:code/report',
      'POST /v/:code/report',
    ]);
  });

  it('take inputs with a class and rules only', () => {
    expect(weakInputs(routes)).toEqual([]);
  });

  it('take an object where they want one: @ValidateNested alone lets a list through', () => {
    const found = routes.flatMap(({ controller, handler }) => {
      const types = (Reflect.getMetadata('design:paramtypes', controller.prototype as object, handler) ??
        []) as (new () => object)[];
      return types.flatMap((type) => {
        const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', true, false);
        return rules
          .filter(({ type: kind }) => kind === 'nestedValidation')
          .map(({ propertyName }) => ({
            field: `${type.name}.${propertyName}`,
            isObject: rules.some((rule) => rule.propertyName === propertyName && rule.name === 'isObject'),
          }));
      });
    });
    expect(found.length).toBeGreaterThan(5);
    expect(found.filter(({ isObject }) => !isObject)).toEqual([]);
  });

  it('would be caught without a permission or with a weak input', () => {
    @Controller('weak')
    class WeakController {
      @Get()
      open(): string {
        return 'x';
      }
      @Post()
      @Requires('public')
      take(@Body() body: object): object {
        return body;
      }
    }
    @Module({ controllers: [WeakController] })
    class WeakModule {}
    const weak = routesOf(WeakModule);
    expect(weak.filter(({ needs }) => needs === null)).toHaveLength(1);
    expect(weakInputs(weak)).toEqual(['WeakController.take']);
    expect(inventoryLines(weak)).toEqual(['GET   /api/v1/weak NOTHING DECLARED', 'POST  /api/v1/weak public']);
  });
});
