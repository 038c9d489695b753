/** Somebody may do less than a moment ago (or a fact was corrected). Announced inside the changing transaction. */
export interface ClearanceReduced {
  readonly whom:
    { readonly officerIds: readonly string[] } | { readonly subjectId: string } | { readonly delegationId: string };
  /** Shown in `recall.cause`, e.g. 'certificate.revoke'. */
  readonly cause: string;
}

/** A room that must act in the same transaction when a clearance shrinks (duty recalls deployments). */
export interface ClearanceParticipant {
  onClearanceReduced(change: ClearanceReduced): Promise<void>;
}
