/** What should be minded; it stops nothing. */
export class WarningView {
  code: string;
  facts: Readonly<Record<string, string | number | boolean | null>>;
  basis: string;
  zh: string;
  en: string;
}
