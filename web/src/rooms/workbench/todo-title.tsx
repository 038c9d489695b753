import type { ReactNode } from 'react';
import { useWord } from '../../shared/i18n/dictionary';
import { Status } from '../../shared/components/status';
import { IMPORT_WORDS, STATE_WORDS, type Todo } from './todo-words';

/** What a to-do is about, in words. */
export function useTodoTitle(): (todo: Todo) => string {
  const word = useWord();
  return ({ kind, title }) => {
    const imported = IMPORT_WORDS[title];
    return kind === 'IMPORT' && imported ? word(imported) : title;
  };
}

export function TodoState({ state }: { state: string | null }): ReactNode {
  const word = useWord();
  if (state === null) return null;
  const found = STATE_WORDS[state];
  return found ? <Status kind={found[0]}>{word(found[1])}</Status> : <Status kind="unknown">{state}</Status>;
}
