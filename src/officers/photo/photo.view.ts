export class OfficerPhotoView {
  officerId: string;
  /** Of the portrait as it is kept: a JPEG of 358 × 441 points. */
  sha256: string;
  byteSize: number;
  recordedAt: string;
  /** Of the officer's record after this change. */
  version: number;
}
