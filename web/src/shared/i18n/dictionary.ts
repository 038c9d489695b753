import { useLanguage, type Language } from './language';

/** A text, or a function that puts numbers and names into one. */
type Text = string | ((...values: never[]) => string);
export interface Texts {
  readonly [key: string]: Text | Texts;
}

/** The same keys, and for functions the same parameters. */
type Translated<T> = {
  readonly [K in keyof T]: T[K] extends (...values: infer V) => string
    ? (...values: V) => string
    : T[K] extends string
      ? string
      : Translated<T[K]>;
};

export type Dictionary<T> = Readonly<Record<Language, Translated<T>>>;

/** The words of a room, Chinese first. A key that English lacks, or has too many, does not compile. */
export const dictionary = <T extends Texts>(zh: T, en: Translated<T>): Dictionary<T> => ({
  zh: zh as unknown as Translated<T>,
  en,
});

/** The words in the language that is chosen now. */
export function useTexts<T>(texts: Dictionary<T>): Translated<T> {
  return texts[useLanguage()];
}

/** A pair of words where a whole dictionary would be too much (menu entries, columns of enums). */
export interface Words {
  readonly zh: string;
  readonly en: string;
}
export const words = (zh: string, en: string): Words => ({ zh, en });

/** Gives a function that picks the word of the chosen language. */
export function useWord(): (pair: Words) => string {
  const language = useLanguage();
  return (pair) => pair[language];
}
