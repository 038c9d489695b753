/** One thing that is not as it should be. Written as one JSON line; it never holds an ID number. */
export interface Difference {
  readonly code: DifferenceCode;
  /** Null where it concerns no certificate that exists. */
  readonly certificateId: string | null;
  readonly certificateNo: string | null;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
}

/** Every kind of difference with its sentence, Chinese first: what the table at the end shows. */
export const SENTENCES = {
  STATE_MISSING: ['证件没有状态行', 'a certificate without a state row'],
  STATE_DIFFERS: ['状态与历次变动推演的结果不符', 'the state is not the one that the moves lead to'],
  LIVE_SLOT_DIFFERS: ['有效占位与状态不符', 'the live slot does not fit the state'],
  MOVE_NOT_ALLOWED: ['变动表中没有的变动', 'a move that the table of moves does not have'],
  MOVE_STATE_DIFFERS: ['变动后的状态写错', 'a move that leads elsewhere than the table says'],
  MOVE_TIME_WRONG: ['变动的时间不合理', 'a move at a time that cannot be'],
  MOVE_GROUND_MISSING: ['吊销没有依据或文号', 'a revocation without ground or document'],
  MOVE_MISSING: ['审计中有变动，变动表中没有', 'the audit trail knows of a move that is not there'],
  MOVE_LOST: ['证件没有任何变动记录', 'a certificate without any move'],
  AUDIT_MISSING: ['变动没有审计记录', 'a move without an audit entry'],
  AUDIT_DIFFERS: ['审计记录与证件不符', 'the audit entry says something else'],
  CERTIFICATE_LOST: ['审计中已签发的证件不存在', 'a certificate that was issued is not there'],
  CONTENT_HASH: ['内容与其摘要不符', 'the content does not have its digest'],
  CONTENT_UNREADABLE: ['存储的内容无法读取', 'the stored content cannot be read'],
  CONTENT_DIFFERS: ['存储的内容与证件列不符', 'the stored content differs from the columns'],
  NUMBER_PATTERN: ['证号不符合规定形式', 'the number does not have the form in force'],
  NUMBER_SCHEME: ['证号不是按编号方案生成', 'the number was not made by the scheme in force'],
  NUMBER_CHECK_DIGIT: ['证号校验位错误', 'the check digit of the number is wrong'],
  NUMBER_BEYOND_COUNTER: ['证号的顺序号超出计数器', 'the serial lies beyond its counter'],
  NUMBER_TWICE: ['证号重复', 'a number that was used twice'],
  NUMBER_ORIGIN: ['证号来源不符', 'the number has another origin than its batch or ledger says'],
  LEDGER_MISSING: ['证号台账中没有该证号', 'the ledger does not have the number'],
  LEDGER_DIFFERS: ['证号台账与证件不符', 'the ledger says something else about the number'],
  LEDGER_ORPHAN: ['台账中的证号没有对应证件', 'a number in the ledger leads to no certificate'],
  LEDGER_UNEXPLAINED: ['作废的证号没有说明', 'a void number without a reason'],
  NUMBER_GAP: ['证号中断没有说明', 'a gap in the numbers that no row explains'],
  RESERVATION_FORGOTTEN: ['预留后未签发也未作废', 'a reservation that was neither finished nor given up'],
  VALIDITY_INVERTED: ['有效期止早于或等于起始日', 'the validity does not end after it begins'],
  VALIDITY_DIFFERS: ['有效期与批次不符', 'the validity is not that of the batch'],
  RECORDED_IN_FUTURE: ['登记时间在将来', 'recorded in the future'],
  APPLICATION_MISSING: ['证件没有对应的申请', 'no application stands behind the certificate'],
  APPLICATION_DIFFERS: ['申请与证件不符', 'the application is for something else'],
  APPLICATION_STATE: ['申请状态与证件不符', 'the state of the application does not fit'],
  APPLICATION_WITHOUT_CERTIFICATE: ['申请已办结，但没有证件', 'an application was issued and has no certificate'],
  APPROVAL_MISSING: ['缺少审核或批准', 'a step of the approval is missing'],
  APPROVAL_NOT_SEPARATE: ['同一人办理了两级', 'one person acted at two levels'],
  APPROVAL_TOO_LATE: ['批准晚于签发', 'approved after it was issued'],
  ITEM_DIFFERS: ['批次条目与证件不符', 'the item of the batch does not fit'],
  CHAIN_MISSING: ['换发补发没有前证', 'a renewal, exchange or reissue without the card before it'],
  CHAIN_UNEXPECTED: ['初领却有前证', 'a first certificate that follows another'],
  CHAIN_BROKEN: ['前证不属于同一人或同一类型', 'the card before belongs to somebody else, or is of another type'],
  CHAIN_STATE: ['前证的状态不允许换发', 'the card before is not in a state that leads here'],
  CHAIN_FORKED: ['一证有两个后续证件', 'two certificates follow one'],
  SUCCESSOR_MISSING: ['已换发，但没有后续证件', 'replaced, and nothing replaces it'],
  TWO_LIVE: ['同一人同类证件同时有效', 'two live certificates of one type for one person'],
  OTHER_TYPE_LIVE: ['执法证与监督证同时有效', 'live certificates of both types for one person'],
  SUSPENSION_WRONG: ['暂扣记录不合理', 'a suspension that cannot be'],
  SUSPENSION_LOST: ['审计中的暂扣不存在', 'a suspension of the audit trail that is not there'],
  STAFF_BARRED: ['人员类别不得持证', 'a staff category that may hold none'],
  NOT_ON_ESTABLISHMENT: ['非在编', 'not on establishment'],
  NOT_ASSIGNED: ['签发时不在该单位任职', 'not assigned to the body when it was issued'],
  LEFT_SERVICE: ['签发时已离职', 'had left service when it was issued'],
  OFF_POST: ['签发时已离岗', 'was off post when it was issued'],
  AGE_BELOW_18: ['签发时未满十八周岁', 'was under 18 when it was issued'],
  EDUCATION_TOO_LOW: ['学历不足', 'the education is too low'],
  PERSON_CHANGED: ['人员资料与签发依据不符且无记录', 'what is known of the person changed without a record'],
  BARRED_PERIOD: ['签发时处于限制期', 'a bar was running when it was issued'],
  BODY_NOT_CONFIRMED: ['签发时主体未确认', 'the body was not confirmed when it was issued'],
  DELEGATION_MISSING: ['签发时没有生效的委托', 'no delegation was in effect when it was issued'],
  INSTITUTION_NOT_ENTITLED: ['事业单位不具备资格', 'a public institution that is not entitled'],
  DOMAINS_MISSING: ['没有执法领域', 'no domain'],
  TRAINING_MISSING: ['岗前培训不足', 'the pre-post training is missing or short'],
  EXAM_MISSING: ['没有合格的考试成绩', 'a pass in an exam is missing'],
  EXAM_TOO_OLD: ['考试成绩已过有效期', 'a pass in an exam was too old'],
  RENEWAL_TOO_EARLY: ['换证过早', 'renewed too early'],
  RENEWAL_TEST_MISSING: ['没有换证考试', 'the renewal test is missing'],
  HOURS_SHORT: ['上年学时不足', 'too few hours in the year before'],
  EVIDENCE_MISSING: ['没有保存签发依据', 'what the decision rested on was not kept'],
} as const satisfies Record<string, readonly [zh: string, en: string]>;

export type DifferenceCode = keyof typeof SENTENCES;

export type Report = (code: DifferenceCode, detail?: Difference['detail']) => void;
