/** One verb of a lifecycle: the states in which it may be done, and the state that it leads to. */
export interface Move<S extends string> {
  readonly from: readonly S[];
  readonly to: S;
}

/** A table of moves. It is checked when it is made: every state can be reached, and every state named is a state. */
export class Lifecycle<S extends string, C extends string> {
  /** Throws when a state is named that does not exist, or when no path leads to one. */
  constructor(
    readonly initial: S,
    readonly states: readonly S[],
    private readonly moves: Readonly<Record<C, Move<S>>>,
  ) {
    const all = Object.values<Move<S>>(moves);
    const named = [initial, ...all.flatMap((move) => [...move.from, move.to])];
    const strangers = named.filter((state) => !states.includes(state));
    if (strangers.length > 0) throw new Error(`not a state: ${strangers.join(', ')}`);

    const reached = new Set<S>([initial]);
    for (let size = -1; size !== reached.size;) {
      size = reached.size;
      for (const move of all) if (move.from.some((state) => reached.has(state))) reached.add(move.to);
    }
    const orphans = states.filter((state) => !reached.has(state));
    if (orphans.length > 0) throw new Error(`no path leads to: ${orphans.join(', ')}`);
  }

  /** Every verb of the table. */
  get commands(): C[] {
    return Object.keys(this.moves) as C[];
  }

  /** Takes a verb. Gives the states it may start from and the one it leads to, for a conditional update. */
  move(command: C): Move<S> {
    return this.moves[command];
  }

  /** Takes a state and a verb. Gives whether the verb may be done there. */
  allows(state: S, command: C): boolean {
    return this.moves[command].from.includes(state);
  }

  /** Takes a state. Gives the verbs that may be done there. */
  commandsFrom(state: S): C[] {
    return this.commands.filter((command) => this.allows(state, command));
  }

  /** Takes a state. Gives whether nothing leads out of it. */
  isFinal(state: S): boolean {
    return this.commandsFrom(state).length === 0;
  }
}
