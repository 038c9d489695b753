import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useRef } from 'react';
import { randomKey } from '../lib/ids';
import { ApiProblem, asProblem } from './problem';

interface CommandOptions<Input, Output> {
  /** Does it; `key` goes into `idempotent(key)`: pressed again after a broken connection it is still done once. */
  readonly run: (input: Input, key: string) => Promise<Output>;
  /** Lists and records that are read anew afterwards, by the beginning of their query keys. */
  readonly refresh?: readonly QueryKey[];
  readonly done?: (output: Output, input: Input) => void;
}

export interface Command<Input, Output> {
  readonly run: (input: Input) => void;
  /** For forms that wait: @throws ApiProblem */
  readonly runAndWait: (input: Input) => Promise<Output>;
  readonly busy: boolean;
  readonly problem: ApiProblem | null;
  readonly clear: () => void;
}

/** A change on the server: busy while it runs, a problem when it was refused, the lists read anew when it was done. */
export function useCommand<Input, Output>(options: CommandOptions<Input, Output>): Command<Input, Output> {
  const client = useQueryClient();
  const intention = useRef<{ text: string; key: string } | null>(null);
  const mutation = useMutation<Output, unknown, Input>({
    mutationFn: async (input) => {
      const text = JSON.stringify(input ?? null);
      if (intention.current?.text !== text) intention.current = { text, key: randomKey() };
      try {
        const output = await options.run(input, intention.current.key);
        intention.current = null;
        return output;
      } catch (error) {
        // Refused is refused: the next attempt is a new one. Without an answer the key stays.
        if (!(error instanceof ApiProblem) || !error.unreachable) intention.current = null;
        throw error;
      }
    },
    onSuccess: async (output, input) => {
      await Promise.all((options.refresh ?? []).map((queryKey) => client.invalidateQueries({ queryKey })));
      options.done?.(output, input);
    },
  });
  return {
    run: (input) => mutation.mutate(input),
    runAndWait: (input) => mutation.mutateAsync(input),
    busy: mutation.isPending,
    problem: mutation.error === null ? null : asProblem(mutation.error),
    clear: mutation.reset,
  };
}
