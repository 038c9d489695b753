import { parseStrictJson } from '../../infrastructure/http/strict-json.js';
import { inputInvalid } from '../../infrastructure/validation/validation.js';
import type { ImportDefinition } from '../../kernel/import-definition.js';
import type { InputError } from '../../kernel/problem.js';

/** The part `parameters`: an object of texts; left out it is empty. @throws Problem 400 */
export function parametersOf(text: string): Readonly<Record<string, string>> {
  if (text.trim() === '') return {};
  let given: unknown;
  try {
    given = parseStrictJson(text);
  } catch {
    given = null;
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw inputInvalid([
      { pointer: '/parameters', code: 'OBJECT_EXPECTED', detail: 'parameters must be a JSON object' },
    ]);
  }
  const errors = Object.entries(given).flatMap(([name, value]): InputError[] =>
    typeof value === 'string' && value.length > 0 && value.length <= 200
      ? []
      : [{ pointer: `/parameters/${name.slice(0, 80)}`, code: 'TEXT', detail: 'must be text of 1 to 200 characters' }],
  );
  if (errors.length > 0) throw inputInvalid(errors);
  return given as Record<string, string>;
}

/** Exactly the parameters that the kind asks for. @throws Problem 400 */
export function refuseOtherParameters(
  definition: ImportDefinition,
  parameters: Readonly<Record<string, string>>,
  at = '/parameters',
): void {
  const missing = definition.parameters
    .filter((name) => !Object.hasOwn(parameters, name))
    .map((name) => ({
      pointer: `${at}/${name}`,
      code: 'MISSING',
      detail: `${name} is required for ${definition.kind}`,
    }));
  const unknown = Object.keys(parameters)
    .filter((name) => !definition.parameters.includes(name))
    .map((name) => ({ pointer: `${at}/${name.slice(0, 80)}`, code: 'UNKNOWN_FIELD', detail: 'unknown parameter' }));
  if (missing.length + unknown.length > 0) throw inputInvalid([...missing, ...unknown]);
}

/** Query parameters as texts. @throws Problem 400 when one comes twice */
export function queryTexts(query: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries((query ?? {}) as Record<string, unknown>);
  const errors = entries
    .filter(([, value]) => typeof value !== 'string' || value === '' || value.length > 200)
    .map(([name]) => ({ pointer: `/query/${name.slice(0, 80)}`, code: 'TEXT', detail: 'must be one text' }));
  if (errors.length > 0) throw inputInvalid(errors);
  return Object.fromEntries(entries) as Record<string, string>;
}
