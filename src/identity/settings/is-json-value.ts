import { registerDecorator } from 'class-validator';

/** Longest value of a setting; the dictionaries fit. */
const LONGEST = 60_000;

/** Any JSON value, null too, but not left out. */
export const IsJsonValue =
  () =>
  (target: object, propertyName: string): void =>
    registerDecorator({
      name: 'JSON_VALUE',
      target: target.constructor,
      propertyName,
      options: { message: '$property must be a JSON value of reasonable size', context: { code: 'JSON_VALUE' } },
      validator: { validate: (value: unknown) => value !== undefined && JSON.stringify(value).length <= LONGEST },
    });
