/** Every topic with the ids its payload carries. Ids only: never a name, never an ID number. */
export interface Topics {
  /** An import has work to do: parse, validate, commit. */
  'import.advance': { readonly importId: string };
  'certificate-batch.advance': { readonly batchId: string };
  'officer.left-service': { readonly officerId: string };
  'officer.transferred': { readonly officerId: string };
  'exam.released': { readonly examId: string };
}
export type Topic = keyof Topics;

export const TOPICS: readonly Topic[] = [
  'import.advance',
  'certificate-batch.advance',
  'officer.left-service',
  'officer.transferred',
  'exam.released',
];
