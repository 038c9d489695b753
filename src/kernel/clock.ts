/** The time that decides: the database's, read after the locks. Injected, so that tests can set it. */
export abstract class Clock {
  /** Milliseconds since the epoch, as the database tells it within the open unit of work if there is one. */
  abstract now(): Promise<number>;

  /** The time that a statement told beside its rows (`UTC_TIMESTAMP(3)`), as the time that decides. */
  abstract told(at: number): number;
}
