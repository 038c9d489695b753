import { useDictionary } from '../../shared/api/dictionaries';
import { useWord, words } from '../../shared/i18n/dictionary';
import { LAW_SUBJECT_WORDS } from '../../shared/words/people';

/** Gives the name of a paper: common law, or the domain of special law. */
export function usePaperName(): (paper: { readonly subject: string; readonly domain: string | null }) => string {
  const word = useWord();
  const domains = useDictionary('domains');
  return ({ subject, domain }) =>
    domain === null ? word(LAW_SUBJECT_WORDS[subject] ?? words(subject, subject)) : domains.nameOf(domain);
}
