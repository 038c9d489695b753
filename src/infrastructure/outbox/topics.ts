/** Every topic with the ids its payload carries. Ids only: never a name, never an ID number. */
export interface Topics {
  /** An import has work to do: parse, validate, commit. */
  'import.advance': { readonly importId: string };
  'certificate-batch.advance': { readonly batchId: string };
  'officer.left-service': { readonly officerId: string };
  'officer.transferred': { readonly officerId: string };
  'exam.released': { readonly examId: string };
  /** Events wait to be spread to the webhooks. */
  'events.waiting': Readonly<Record<string, never>>;
  /** Webhook deliveries wait to be sent. */
  'deliveries.waiting': Readonly<Record<string, never>>;
  /** Certificates were issued, suspended, ended or given back: whoever shows them looks again. At most 20 at once. */
  'certificate.moved': { readonly certificateIds: readonly string[] };
  'certificate.unusable-shown': { readonly alertId: string };
  'mismatch.reported': { readonly reportId: string };
  /** A review year was opened: its files are to be put together. */
  'review.prepare': { readonly campaignId: string };
}
export type Topic = keyof Topics;

export const TOPICS: readonly Topic[] = [
  'import.advance',
  'certificate-batch.advance',
  'officer.left-service',
  'officer.transferred',
  'exam.released',
  'certificate.moved',
  'events.waiting',
  'deliveries.waiting',
  'certificate.unusable-shown',
  'mismatch.reported',
  'review.prepare',
];
