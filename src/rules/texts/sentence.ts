import type { Fact, Reason } from '../verdict.js';
import { LABELS, NO_VALUE, type Language } from './labels.js';

/** Gives the sentence for the facts of one reason. `keys` are the facts that it names. */
export interface Sentence {
  (facts: Reason['facts']): string;
  readonly keys: readonly string[];
}

/** What is said about one code: what to do and why, in both languages, and the article it rests on. */
export interface RefusalText {
  readonly zh: Sentence;
  readonly en: Sentence;
  readonly basis: string;
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})/;

function show(language: Language, key: string, value: Fact | undefined): string {
  if (value === null || value === undefined || value === '') return (NO_VALUE[key] ?? NO_VALUE.otherwise)[language];
  if (typeof value === 'boolean') return language === 'zh' ? (value ? '是' : '否') : value ? 'yes' : 'no';
  if (typeof value === 'number') return String(value);
  const instant = INSTANT.exec(value);
  if (instant !== null) return `${instant[1]} ${instant[2]}`;
  const labels = LABELS[key];
  if (labels === undefined) return value;
  // A fact may list several code words.
  const words = value.split(', ').map((word) => labels[word]?.[language] ?? word);
  return words.join(language === 'zh' ? '、' : ', ');
}

function sentenceIn(language: Language) {
  return (parts: TemplateStringsArray, ...keys: readonly string[]): Sentence => {
    const say = (facts: Reason['facts']): string =>
      keys.reduce((text, key, i) => text + show(language, key, facts[key]) + (parts[i + 1] ?? ''), parts[0] ?? '');
    return Object.assign(say, { keys });
  };
}

/** Chinese sentence; the holes name facts: zh`请换发证件 ${'certificateNo'}`. */
export const zh = sentenceIn('zh');

/** English sentence; the holes name facts. */
export const en = sentenceIn('en');
