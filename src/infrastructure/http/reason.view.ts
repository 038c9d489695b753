/** A reason as `explain` of the law book words it. */
export class ReasonView {
  /** Stable and never reused. */
  code: string;
  /** The values that led to it. */
  facts: Record<string, unknown>;
  /** The article it rests on. */
  basis: string;
  /** What to do and why, in Chinese. */
  zh: string;
  /** The same in English. */
  en: string;
}
