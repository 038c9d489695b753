/** BR-94: these fields and nothing else. */
export class PublicCertificateView {
  certificateNo: string;
  /** ENFORCEMENT, SUPERVISION or MINISTRY. */
  type: string;
  /** How it stands at this moment. */
  state: string;
  /** USABLE, NOT_USABLE (genuine, but its holder may not act now), NOT_YET_VALID, SUSPENDED, EXPIRED, LOST, REVOKED, CANCELLED or REPLACED. */
  verdict: string;
  verdictZh: string;
  verdictEn: string;
  /** Only while the card is usable or its time has merely passed. */
  name: string | null;
  unit: string | null;
  post: string | null;
  /** Names of the fields of enforcement. */
  domains: string[];
  area: string | null;
  issuer: string | null;
  validFrom: string | null;
  validTo: string | null;
}

export class PublicLookupView {
  /** FOUND or NOT_FOUND. */
  result: string;
  messageZh: string;
  messageEn: string;
  items: PublicCertificateView[];
}
