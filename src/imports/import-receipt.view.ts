import { ImportAccountView, ImportCountsView, ImportPersonView } from './import.view.js';

export class ReceiptFileView {
  round: number;
  fileName: string;
  fileSha256: string;
  fileSize: number;
  sentBy: ImportPersonView;
  sentAt: string;
}

export class ReceiptCommitView {
  round: number;
  policy: string;
  existing: string;
  reason: string | null;
  acknowledged: string[];
  committedBy: ImportPersonView;
  committedAt: string;
}

export class ReceiptBalanceView extends ImportAccountView {
  status: string;
  balancedAt: string;
}

/** What an import proves about itself: which bytes, which rows, who, when. */
export class ImportReceiptView {
  importId: string;
  kind: string;
  title: string;
  parameters: Record<string, string>;
  status: string;
  owner: ImportPersonView;
  startedBy: ImportPersonView;
  createdAt: string;
  finishedAt: string | null;
  files: ReceiptFileView[];
  commits: ReceiptCommitView[];
  counts: ImportCountsView;
  account: ImportAccountView;
  /** The account at every rest of the import. */
  balances: ReceiptBalanceView[];
  /** SHA-256 over row number, state and target of every row in order. */
  rowsSha256: string;
  /** Entries of the audit trail about this import. */
  auditEntries: number;
  /** SHA-256 over everything above, in canonical JSON. */
  receiptSha256: string;
}
