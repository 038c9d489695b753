/** Everything that is printed on one card; plain data, so that it can be handed to another thread. Never an ID number or a birth date. */
export interface CardContent {
  readonly titleZh: string;
  readonly titleEn: string;
  readonly name: string;
  readonly sex: string;
  readonly unit: string;
  readonly number: string;
  readonly area: string;
  readonly domains: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly issuer: string;
  readonly supervisedBy: string;
  /** Behind the QR. */
  readonly url: string;
  /** As a person types it. */
  readonly code: string;
  /** JPEG; null: an empty frame. */
  readonly photo: Uint8Array | null;
}

/** One card on two pages of its own size, or eight on a sheet of A4 and their backs on the next. */
export type CardForm = 'CARD' | 'SHEET';

/** The texts of a card in which a font could lack a character. */
export const textsOf = ({ name, unit, area, domains, issuer, supervisedBy }: Omit<CardContent, 'photo'>): string =>
  [name, unit, area, domains, issuer, supervisedBy].join('');
