import { createHash } from 'node:crypto';

/** JSON with sorted keys, so that equal content has equal bytes. undefined members are left out, Maps become sorted objects. */
export function canonicalJson(value: unknown): string {
  return write(value) as string;
}

/** Undefined for what JSON has no word for. Written straight away: certificates and audit entries come by the thousand. */
function write(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (value instanceof Date) return JSON.stringify(value.toISOString());
  if (value instanceof Map) return write(Object.fromEntries(value as Map<string, unknown>));
  let text = '';
  if (Array.isArray(value)) {
    for (const inner of value) text += `${text === '' ? '' : ','}${write(inner) ?? 'null'}`;
    return `[${text}]`;
  }
  for (const key of keysOf(value)) {
    const inner = write((value as Record<string, unknown>)[key]);
    if (inner !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${inner}`;
  }
  return `{${text}}`;
}

/** Sorted; whole numbers come first, by their size, because that is the order in which a JavaScript object keeps them. */
function keysOf(value: object): string[] {
  const keys = Object.keys(value).sort();
  const numbers = keys.filter((key) => INDEX.test(key) && Number(key) < 2 ** 32 - 1);
  if (numbers.length === 0) return keys;
  return [...numbers.sort((a, b) => Number(a) - Number(b)), ...keys.filter((key) => !numbers.includes(key))];
}

const INDEX = /^(?:0|[1-9]\d{0,9})$/;

export const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');
