import type { Clock } from '../kernel/clock.js';

/**
 * Lets the application act at a moment of the story. Only the loader does this, in a process that serves nobody: the clock of this
 * process tells the moment until the work is done. The audit trail is written at the end of the load and tells the real time.
 */
export async function atMoment<T>(clock: Clock, moment: number, work: () => Promise<T>): Promise<T> {
  const real = clock.now.bind(clock);
  clock.now = async () => moment;
  try {
    return await work();
  } finally {
    clock.now = real;
  }
}
