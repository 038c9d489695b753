import type { ReactNode } from 'react';
import { useWord, type Words } from '../../shared/i18n/dictionary';
import { Status } from '../../shared/components/status';
import { CARD_CASE_CAUSE_WORDS } from '../../shared/words/card-cases';
import { IMPORT_WORDS, STATE_WORDS, type Todo } from './todo-words';

/** What a to-do is about, in words. */
export function useTodoTitle(): (todo: Todo) => string {
  const word = useWord();
  return ({ kind, title }) => {
    const imported = IMPORT_WORDS[title];
    return kind === 'IMPORT' && imported ? word(imported) : title;
  };
}

/** Where it stands; of a card case why the card has to come back. */
export function TodoState({ of: { kind, state } }: { of: Pick<Todo, 'kind' | 'state'> }): ReactNode {
  const word = useWord();
  if (state === null) return null;
  if (kind === 'CARD_CASE') {
    const causes: Readonly<Record<string, Words>> = CARD_CASE_CAUSE_WORDS;
    return <Status kind="limited">{word(causes[state] ?? { zh: state, en: state })}</Status>;
  }
  const found = STATE_WORDS[state];
  return found ? <Status kind={found[0]}>{word(found[1])}</Status> : <Status kind="unknown">{state}</Status>;
}
