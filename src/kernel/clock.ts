/** The time that decides: the database's, read after the locks. Injected, so that tests can set it. */
export abstract class Clock {
  /** Milliseconds since the epoch, as the database tells it within the open unit of work if there is one. */
  abstract now(): Promise<number>;
}
