import { useQuery } from '@tanstack/react-query';
import { useWord, words, type Words } from '../i18n/dictionary';
import { useLanguage } from '../i18n/language';
import { api, body } from './client';

export interface DictionaryEntry {
  readonly code: string;
  readonly name: Words;
}

/** A dictionary of the settings (`domains`, `posts`, grounds …): its entries, and a function that gives the name of a code. */
export function useDictionary(name: string): {
  readonly entries: readonly DictionaryEntry[];
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly nameOf: (code: string) => string;
} {
  const word = useWord();
  const { data } = useQuery({
    queryKey: ['dictionary', name],
    queryFn: () => body(api.GET('/api/v1/dictionaries/{name}', { params: { path: { name } } })),
    staleTime: 600_000,
  });
  const entries = (data?.items ?? []).map(({ code, nameZh, nameEn }) => ({ code, name: words(nameZh, nameEn) }));
  return {
    entries,
    options: entries.map(({ code, name: pair }) => ({ value: code, label: word(pair) })),
    nameOf: (code) => {
      const found = entries.find((entry) => entry.code === code);
      return found ? word(found.name) : code;
    },
  };
}

/** One code or several, as the sentences of the server name them, with the blanks that set them apart. */
const CODES = / ?\b([A-Z][A-Z0-9_]*(?:, [A-Z][A-Z0-9_]*)*)\b ?/g;

/** Says the codes of enforcement domains inside a sentence by their names: an authority may add domains, so the server keeps codes. */
export function useSpelledOut(): (sentence: string) => string {
  const { entries } = useDictionary('domains');
  const language = useLanguage();
  const names = new Map(entries.map(({ code, name }) => [code, name[language]]));
  return (sentence) =>
    sentence.replaceAll(CODES, (whole, codes: string) => {
      const found = codes.split(', ').map((code) => names.get(code));
      if (found.includes(undefined)) return whole;
      return language === 'zh' ? found.join('、') : whole.replace(codes, found.join(', '));
    });
}
