import { ApiProperty } from '@nestjs/swagger';

export class RosterView {
  id: string;
  title: string;
  /** Counts up over all rosters: of two, the greater is the newer. */
  serial: number;
  people: number;
  withPhotos: boolean;
  issuedAt: string;
  /** Until then its verdicts count in full. */
  freshUntil: string;
  /** Until then at most "to be confirmed"; after it nothing is confirmed. */
  validUntil: string;
  /** FRESH, STALE or OVER at this moment. */
  @ApiProperty({ enum: ['FRESH', 'STALE', 'OVER'] })
  age: string;
  keyId: string;
  byteSize: number;
  sha256: string;
  /** GET it for the signed document. */
  file: string;
}

export class RosterPage {
  @ApiProperty({ type: [RosterView] })
  items: readonly RosterView[];
  nextCursor: string | null;
}

/** A signed document: docs/offline-verification.md. */
export class SignedDocumentView {
  format: string;
  algorithm: string;
  keyId: string;
  /** Canonical JSON in base64url. */
  payload: string;
  /** Over format, key id and payload; base64url. */
  signature: string;
}
