/**
 * What the next chunk needs, fetched while the one before it is being written. One thing is kept for each import; whoever asks for
 * another key gets it fetched anew, so that what was fetched for an earlier lease or state is never used.
 */
export class ReadAhead<T> {
  private readonly waiting = new Map<string, { readonly key: string; readonly value: Promise<T> }>();

  /** What was fetched under this key, or else fetched now. */
  async take(importId: string, key: string, fetch: () => Promise<T>): Promise<T> {
    const ahead = this.waiting.get(importId);
    this.waiting.delete(importId);
    return ahead?.key === key ? ahead.value : fetch();
  }

  /** Begins to fetch; a failure shows where the value is taken. */
  begin(importId: string, key: string, fetch: () => Promise<T>): void {
    const value = fetch();
    value.catch(() => undefined);
    this.waiting.set(importId, { key, value });
  }

  forget(importId: string): void {
    this.waiting.delete(importId);
  }
}
