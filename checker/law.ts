/** The law as the checker reads it: written down here a second time, from the statute and the design, not from the product's code. */

export interface MoveRule {
  /** Null: the beginning. */
  readonly from: readonly (string | null)[];
  readonly to: string;
  /** Verbs of the audit trail that may stand for it; the first of them that are counted. */
  readonly audit: readonly string[];
}

/** BR-67. A certificate begins reserved, or valid where its number came from outside; five states are final. */
export const MOVES: Readonly<Record<string, MoveRule>> = {
  reserve: { from: [null], to: 'RESERVED', audit: [] },
  activate: { from: [null, 'RESERVED'], to: 'VALID', audit: ['certificate.issue', 'certificate.take-over'] },
  expire: { from: ['VALID'], to: 'EXPIRED', audit: [] },
  reportLoss: { from: ['VALID'], to: 'LOST', audit: ['certificate.report-loss'] },
  revoke: { from: ['VALID'], to: 'REVOKED', audit: ['certificate.revoke'] },
  cancel: {
    from: ['RESERVED', 'VALID'],
    to: 'CANCELLED',
    audit: ['certificate.cancel', 'certificate.void', 'certificate.withdraw'],
  },
  replace: { from: ['VALID'], to: 'REPLACED', audit: ['certificate.replace'] },
};

/** Commands whose audit entries are counted one by one, in both directions. */
export const COUNTED = Object.entries(MOVES).filter(([, { audit }]) => audit.length > 0);

/** 河南省行政执法条例 20; BR-17 to BR-19. */
export const MAY_HOLD: ReadonlySet<string> = new Set(['CIVIL_SERVANT', 'REF_CIVIL_SERVANT', 'PUBLIC_INSTITUTION']);

/** BR-20: bodies in which staff of public institutions may hold one without a delegation. */
export const ENTITLED_KINDS: ReadonlySet<string> = new Set(['AUTHORIZED_ORG', 'ADMIN_ORGAN', 'DISPATCHED_ORGAN']);

/** BR-05, BR-06: bodies that act by delegation only. */
export const DELEGATED_KINDS: ReadonlySet<string> = new Set(['DELEGATED_ORG', 'DELEGATED_ORGAN']);

/** BR-17: levels of education from low to high, by their words. */
const EDUCATION: readonly (readonly string[])[] = [
  ['小学', 'PRIMARY'],
  ['初中', 'JUNIOR_SECONDARY'],
  ['高中', '中专', '技校', '职高', '中技', '职业高中', '中等专科', 'SENIOR_SECONDARY', 'VOCATIONAL_SECONDARY'],
  ['大专', '专科', '大学专科', '高职', 'JUNIOR_COLLEGE'],
  ['本科', '大学本科', '学士', '大学', 'BACHELOR'],
  ['硕士', '硕士研究生', '研究生', 'MASTER'],
  ['博士', '博士研究生', 'DOCTOR'],
];

/** The rank of an education, -1 for a word that is none. */
export function educationRank(word: string): number {
  const plain = word.normalize('NFKC').trim().toUpperCase().replace(/学历$/, '');
  return EDUCATION.findIndex((words) => words.includes(plain));
}

/** The states in which the card before must end up once the new one is valid. BR-69, BR-75, BR-79. */
export const BEFORE: Readonly<Record<string, readonly string[]>> = {
  RENEW: ['REPLACED', 'EXPIRED'],
  EXCHANGE: ['REPLACED', 'CANCELLED', 'EXPIRED'],
  REISSUE: ['LOST'],
};

/** ISO 7064 MOD 11,10 over digits; null when there is anything else. */
export function checkDigit(digits: string): string | null {
  if (!/^[0-9]+$/.test(digits)) return null;
  let carry = 10;
  for (const digit of digits) {
    carry = (carry + Number(digit)) % 10 || 10;
    carry = (carry * 2) % 11;
  }
  return String((11 - carry) % 10);
}
