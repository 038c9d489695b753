/** A value that led to a reason: shown to people, stored as evidence, never an ID number. */
export type Fact = string | number | boolean | null;

/** Why a rule says no. `code` is stable and never reused; the sentence for it stands in refusal-texts.ts. */
export interface Reason<Code extends string = string> {
  readonly code: Code;
  readonly facts: Readonly<Record<string, Fact>>;
}

export type Verdict<Code extends string = string> =
  | { readonly allowed: true; readonly reasons: readonly [] }
  | { readonly allowed: false; readonly reasons: readonly Reason<Code>[] };

/** Evaluates every check, so that one answer names everything that is missing. */
export function judge<Code extends string>(...checks: readonly (Reason<Code> | null)[]): Verdict<Code> {
  const reasons = checks.filter((check): check is Reason<Code> => check !== null);
  return reasons.length === 0 ? { allowed: true, reasons: [] } : { allowed: false, reasons };
}

/** Reads beside its article: `unless(it holds, CODE, what was found)`. */
export const unless = <Code extends string>(
  holds: boolean,
  code: Code,
  facts: Reason['facts'] = {},
): Reason<Code> | null => (holds ? null : { code, facts });
