import { ValidationPipe } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { Problem, type InputError } from '../../kernel/problem.js';

/** One set of options for bodies, queries, import rows and job payloads. */
export const VALIDATION = {
  whitelist: true,
  forbidNonWhitelisted: true,
  // Nest turns this off unless told otherwise.
  forbidUnknownValues: true,
  // Never echo what was sent: it may be an ID number.
  validationError: { target: false, value: false },
} as const;

export const inputInvalid = (errors: readonly InputError[]): Problem =>
  new Problem('invalid', 'INPUT_INVALID', 'The input breaks its rules; each fault is named with its field.', {
    errors,
  });

export const globalValidationPipe = (): ValidationPipe =>
  new ValidationPipe({
    ...VALIDATION,
    transform: true,
    transformOptions: { enableImplicitConversion: false },
    exceptionFactory: (errors) => inputInvalid(inputErrors(errors)),
  });

/** Parses what did not come through a route (job payloads, multipart fields) by the same rules. */
export function parse<T extends object>(
  type: new () => T,
  raw: unknown,
): { readonly value: T; readonly errors: readonly InputError[] } {
  const value = plainToInstance(type, raw, { enableImplicitConversion: false });
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { value, errors: [{ pointer: '', code: 'OBJECT_EXPECTED', detail: 'must be an object' }] };
  }
  return { value, errors: inputErrors(validateSync(value, VALIDATION)) };
}

/** Walks class-validator's tree into JSON pointers. A rule may carry its own code: { context: { code: 'ID_MALFORMED' } }. */
export function inputErrors(errors: readonly ValidationError[], parent = ''): InputError[] {
  return errors.flatMap((error) => {
    const pointer = `${parent}/${error.property.replaceAll('~', '~0').replaceAll('/', '~1').slice(0, 80)}`;
    const own = Object.entries(error.constraints ?? {}).map(([rule, detail]) => ({
      pointer,
      code: codeOf(rule, error.contexts),
      detail,
    }));
    return [...own, ...inputErrors(error.children ?? [], pointer)];
  });
}

const codeOf = (rule: string, contexts: Record<string, { code?: string }> | undefined): string =>
  contexts?.[rule]?.code ??
  (rule === 'whitelistValidation' ? 'UNKNOWN_FIELD' : rule.replace(/[A-Z]/g, (c) => `_${c}`).toUpperCase());
