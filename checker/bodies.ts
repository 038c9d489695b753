import { dayBegins, dayEnds } from './days.js';
import { DELEGATED_KINDS } from './law.js';
import type { Source } from './source.js';

interface Known {
  readonly recorded_at: string;
  readonly superseded_at: string | null;
}

interface StatusRow extends Known {
  readonly subject_id: string;
  readonly status: string;
  readonly effective_from: string;
  readonly effective_to: string | null;
}

interface DelegationRow {
  readonly id: string;
  readonly delegatee_id: string;
  readonly valid_from: string;
  readonly valid_to: string;
  readonly signed_recorded_at: string | null;
}

interface OfDelegation extends Known {
  readonly delegation_id: string;
}

interface PublicationRow extends OfDelegation {
  readonly side: string;
  readonly published_on: string;
}

interface PeriodRow extends OfDelegation {
  readonly effective_from: string;
  readonly effective_to: string | null;
}

/**
 * What was known at an instant. Where something was entered in the very same millisecond, the order is not known: what speaks for
 * the certificate counts (`forIt`), what speaks against it only when it was there before.
 */
export const wasKnown = (row: Known, at: string, forIt: boolean): boolean =>
  forIt
    ? row.recorded_at <= at && (row.superseded_at === null || row.superseded_at >= at)
    : row.recorded_at < at && (row.superseded_at === null || row.superseded_at > at);

export const runsAt = (
  row: { readonly effective_from: string; readonly effective_to: string | null },
  at: string,
): boolean => row.effective_from <= at && (row.effective_to === null || row.effective_to > at);

/** The bodies with their standing and their delegations, with both times. There are few of them beside the certificates. */
export class Bodies {
  private constructor(
    private readonly found: ReadonlyMap<string, { readonly kind: string; readonly division_code: string }>,
    private readonly statuses: ReadonlyMap<string, readonly StatusRow[]>,
    private readonly delegations: ReadonlyMap<string, readonly DelegationRow[]>,
    private readonly publications: ReadonlyMap<string, readonly PublicationRow[]>,
    private readonly stops: ReadonlyMap<string, readonly PeriodRow[]>,
  ) {}

  static async read(source: Source): Promise<Bodies> {
    const subjects = await source.rows<{ id: string; kind: string; division_code: string }>(
      'SELECT id, kind, division_code FROM subjects',
    );
    const statuses = await source.rows<StatusRow>(
      'SELECT subject_id, status, effective_from, effective_to, recorded_at, superseded_at FROM subject_status_periods',
    );
    const delegations = await source.rows<DelegationRow>(
      `SELECT id, delegatee_id, valid_from, valid_to, signed_recorded_at FROM delegations WHERE stage <> 'DRAFT'`,
    );
    const publications = await source.rows<PublicationRow>(
      'SELECT delegation_id, side, published_on, recorded_at, superseded_at FROM delegation_publications',
    );
    const suspensions = await source.rows<PeriodRow>(
      'SELECT delegation_id, effective_from, effective_to, recorded_at, superseded_at FROM delegation_suspensions',
    );
    const revocations = await source.rows<PeriodRow>(
      `SELECT delegation_id, effective_from, NULL AS effective_to, recorded_at, NULL AS superseded_at FROM delegation_revocations`,
    );
    return new Bodies(
      new Map(subjects.map((row) => [row.id, row])),
      by(statuses, (row) => row.subject_id),
      by(delegations, (row) => row.delegatee_id),
      by(publications, (row) => row.delegation_id),
      by([...suspensions, ...revocations], (row) => row.delegation_id),
    );
  }

  kindOf = (id: string): string | null => this.found.get(id)?.kind ?? null;
  divisionOf = (id: string): string => this.found.get(id)?.division_code ?? '';
  actsByDelegation = (id: string): boolean => DELEGATED_KINDS.has(this.kindOf(id) ?? '');

  /** BR-01: confirmed and nothing else. */
  wasConfirmed(id: string, at: string): boolean {
    const running = (this.statuses.get(id) ?? []).filter((row) => runsAt(row, at));
    return (
      running.some((row) => row.status === 'CONFIRMED' && wasKnown(row, at, true)) &&
      !running.some((row) => row.status !== 'CONFIRMED' && wasKnown(row, at, false))
    );
  }

  /** BR-05, BR-06: signed, published by both sides, begun, not over, not suspended, not revoked. */
  wasDelegated(id: string, at: string, day: string): boolean {
    return (this.delegations.get(id) ?? []).some((delegation) => {
      const { signed_recorded_at, valid_from, valid_to } = delegation;
      if (signed_recorded_at === null || signed_recorded_at > at) return false;
      if (dayBegins(valid_from) > at || dayEnds(valid_to) <= at) return false;
      const published = (side: string): boolean =>
        (this.publications.get(delegation.id) ?? []).some(
          (row) => row.side === side && row.published_on <= day && wasKnown(row, at, true),
        );
      const stopped = (this.stops.get(delegation.id) ?? []).some((row) => runsAt(row, at) && wasKnown(row, at, false));
      return published('DELEGATOR') && published('DELEGATEE') && !stopped;
    });
  }
}

function by<Row>(rows: readonly Row[], key: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}
