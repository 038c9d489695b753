export interface EntryRow {
  readonly seq: number;
  readonly id: string;
  readonly recorded_at: Date;
  readonly actor_id: string | null;
  readonly actor_name: string;
  readonly acting_subject_id: string | null;
  readonly verb: string;
  readonly target_type: string;
  readonly target_id: string;
  readonly before_json: string | null;
  readonly after_json: string | null;
  readonly reasons_json: string | null;
  readonly request_id: string | null;
  readonly ip_address: string | null;
  readonly previous_hash: string;
  readonly entry_hash: string;
}

export interface CheckpointRow {
  readonly seq: number;
  readonly entry_hash: string;
  readonly created_at: Date;
  readonly signature: string;
  readonly key_id: string;
}

/** An entry as the verification wants it: the text that was hashed, put together anew from the stored columns. */
export interface SealedRow {
  readonly seq: number;
  readonly entry_hash: string;
  /** Begins with the hash of the entry before. */
  readonly content: string;
}

export interface Ends {
  readonly headSeq: number;
  readonly headHash: string;
  readonly lastSeq: number;
  readonly lastCheckpoint: number;
}
