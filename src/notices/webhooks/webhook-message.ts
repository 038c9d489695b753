export interface EventRow {
  readonly id: string;
  readonly type: string;
  readonly object_type: string;
  readonly object_id: string;
  readonly effective_from: Date | null;
  readonly occurred_at: Date;
}

/** The body of a message: the same bytes at every attempt. Ids and instants, no personal data. */
export const bodyOf = (event: Omit<EventRow, 'id'>): string =>
  JSON.stringify({
    type: event.type,
    timestamp: event.occurred_at.toISOString(),
    data: {
      [`${event.object_type}Id`]: event.object_id,
      ...(event.effective_from === null ? {} : { effectiveFrom: event.effective_from.toISOString() }),
    },
  });
