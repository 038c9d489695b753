/** How code words are read by people. Dictionaries that an authority may extend (domains, posts) are settings and not here. */
export type Language = 'zh' | 'en';
type Label = Readonly<Record<Language, string>>;
type Labels = Readonly<Record<string, Label>>;

const label = (zh: string, en: string): Label => ({ zh, en });

const ACT_TYPE_LABELS: Labels = {
  LICENSE: label('行政许可', 'licence'),
  PENALTY: label('行政处罚', 'penalty'),
  COERCIVE_MEASURE: label('行政强制措施', 'coercive measure'),
  COERCIVE_EXECUTION: label('行政强制执行', 'coercive execution'),
  INSPECTION: label('行政检查', 'inspection'),
  LEVY: label('行政征收', 'levy'),
  CHARGE: label('行政收费', 'charge'),
  PAYMENT: label('行政给付', 'payment'),
  CONFIRMATION: label('行政确认', 'confirmation'),
  RULING: label('行政裁决', 'ruling'),
};

const SUBJECT_KIND_LABELS: Labels = {
  ADMIN_ORGAN: label('行政机关', 'administrative organ'),
  DISPATCHED_ORGAN: label('派出机关', 'dispatched organ'),
  AUTHORIZED_ORG: label('法律法规授权组织', 'authorised organisation'),
  DELEGATED_ORGAN: label('受委托行政机关', 'entrusted organ'),
  DELEGATED_ORG: label('受委托组织', 'entrusted organisation'),
};

const STAFF_CATEGORY_LABELS: Labels = {
  CIVIL_SERVANT: label('公务员', 'civil servant'),
  REF_CIVIL_SERVANT: label('参公人员', 'staff managed as civil servants'),
  PUBLIC_INSTITUTION: label('事业编制人员', 'staff of a public institution'),
  LOGISTICS_WORKER: label('工勤人员', 'logistics worker'),
  CONTRACT: label('劳动合同工', 'contract worker'),
  TEMPORARY: label('临时工', 'temporary worker'),
  DISPATCHED_LABOUR: label('劳务派遣人员', 'dispatched labour'),
  SECONDED: label('借调人员', 'seconded person'),
  PUBLIC_WELFARE_POST: label('公益性岗位人员', 'holder of a public-welfare post'),
  REHIRED: label('退休返聘人员', 'rehired retiree'),
};

const CERTIFICATE_TYPE_LABELS: Labels = {
  ENFORCEMENT: label('行政执法证', 'enforcement certificate'),
  SUPERVISION: label('行政执法监督证', 'supervision certificate'),
  MINISTRY: label('部颁证件', 'ministry certificate'),
};

const EXAM_SUBJECT_LABELS: Labels = {
  COMMON_LAW: label('公共法律知识', 'common-law'),
  SPECIAL_LAW: label('专业法律知识', 'special-law'),
};

const APPLICATION_TYPE_LABELS: Labels = {
  FIRST: label('初次申领', 'a first certificate'),
  RENEW: label('到期换证', 'a renewal'),
  EXCHANGE: label('换发', 'an exchange'),
  REISSUE: label('补发', 'a reissue'),
};

const BAR_GROUND_LABELS: Labels = {
  EXAM_CHEATING: label('考试作弊', 'cheating in an exam'),
  DISQUALIFIED: label('取消执法资格', 'disqualification'),
  SANCTION: label('处分影响期', 'period of a sanction'),
  UNDER_INVESTIGATION: label('正在接受调查', 'investigation'),
};

const STEP_LABELS: Labels = {
  SUBMISSION: label('申报', 'submission'),
  DISTRICT_REVIEW: label('区级初审', 'district review'),
  DISTRICT_APPROVAL: label('区级审批', 'district approval'),
  EXPLANATION: label('单位说明', 'explanation'),
  REVIEW_CHECK: label('年审初审', 'review check'),
  REVIEW_DECISION: label('年审审定', 'review decision'),
  REOPENING: label('重新年审', 'reopening'),
  PREPARE: label('公示准备', 'preparation'),
  CHECK: label('公示审查', 'check'),
};

const PUBLICATION_STATE_LABELS: Labels = {
  DUE: label('待准备', 'to be prepared'),
  PREPARED: label('待审查', 'to be checked'),
  PUBLISHED: label('已公示', 'published'),
  WITHHELD: label('不予公示', 'withheld'),
  TAKEN_DOWN: label('已撤下', 'taken down'),
  REPLACED: label('已更新', 'replaced by a newer one'),
  LAPSED: label('已失效', 'lapsed'),
};

const REVIEW_STATE_LABELS: Labels = {
  LISTED: label('仅列名', 'listed only'),
  AWAITING_EXPLANATION: label('待说明', 'awaiting an explanation'),
  READY: label('待初审', 'ready to be checked'),
  CHECKED: label('待审定', 'checked'),
  PASSED: label('已通过', 'passed'),
  FAILED: label('未通过', 'failed'),
};

const REVIEW_FINDING_LABELS: Labels = {
  REVIEW_LEFT_SERVICE: label('持证人已离职', 'the holder has left'),
  REVIEW_NOT_ON_POST: label('不在发证单位任职', 'not assigned to the body of the card'),
  REVIEW_OFF_POST: label('处于离岗状态', 'off post'),
  REVIEW_STAFF_CATEGORY: label('人员类别不得持证', 'category that can hold no certificate'),
  REVIEW_BARRED: label('处于限制期', 'barred'),
  REVIEW_NOT_IN_VALIDITY: label('证件不在有效期内', 'the card is not in validity'),
  REVIEW_SUSPENDED: label('证件暂扣', 'the card is suspended'),
  REVIEW_HOURS_SHORT: label('培训学时不足', 'training hours short'),
  REVIEW_TEST_FAILED: label('最近一次考试未合格', 'the last test was failed'),
  REVIEW_TEST_MISSING: label('没有考试记录', 'no test'),
  REVIEW_IDLE: label('长期没有执法记录', 'no act for long'),
  REVIEW_SANCTIONED: label('有处分记录', 'sanctioned'),
  REVIEW_NEW_CARD: label('新发证件', 'new card'),
};

const CASE_CAUSE_LABELS: Labels = {
  LEFT_SERVICE: label('离职', 'left service'),
  TRANSFERRED: label('调动', 'transfer'),
  SUBJECT_ABOLISHED: label('主体撤销', 'body abolished'),
  DELEGATION_ENDED: label('委托终止', 'delegation ended'),
  SANCTIONED: label('受处分', 'sanction'),
  DISMISSED: label('被开除', 'dismissal'),
  CONVICTED: label('被判刑', 'conviction'),
  REVOKED: label('被吊销', 'revoked'),
  CANCELLED: label('已注销', 'cancelled'),
  REPLACED: label('已换证', 'replaced'),
};

const DELEGATION_PART_LABELS: Labels = {
  matters: label('委托事项', 'matters'),
  authority: label('委托权限', 'authority'),
  documentNo: label('委托书文号', 'document number'),
  legalBasis: label('法律依据', 'legal basis'),
};

/** By the name of the fact that holds the code word. */
export const LABELS: Readonly<Record<string, Labels>> = {
  actType: ACT_TYPE_LABELS,
  kind: SUBJECT_KIND_LABELS,
  delegateeKind: SUBJECT_KIND_LABELS,
  staffCategory: STAFF_CATEGORY_LABELS,
  certificateType: CERTIFICATE_TYPE_LABELS,
  otherType: CERTIFICATE_TYPE_LABELS,
  examSubject: EXAM_SUBJECT_LABELS,
  applicationType: APPLICATION_TYPE_LABELS,
  ground: BAR_GROUND_LABELS,
  step: STEP_LABELS,
  earlierStep: STEP_LABELS,
  publicationState: PUBLICATION_STATE_LABELS,
  missing: DELEGATION_PART_LABELS,
  reviewState: REVIEW_STATE_LABELS,
  finding: REVIEW_FINDING_LABELS,
  review: { FAILED: label('未通过', 'failed'), OVERDUE: label('逾期未审', 'overdue') },
  cause: CASE_CAUSE_LABELS,
};

/** Takes the name of a fact and its code word. Gives how people read it; a word of another version as it is. */
export const labelOf = (fact: string, word: string): Label => LABELS[fact]?.[word] ?? label(word, word);

/** What is said where a fact has no value, by the name of the fact. */
export const NO_VALUE: Labels & { readonly otherwise: Label } = {
  until: label('未定', 'further notice'),
  liftedFrom: label('尚未解除', 'not lifted yet'),
  validTo: label('长期', 'no end'),
  done: label('未核算', 'not evaluated'),
  division: label('未填写', 'not given'),
  domain: label('不限', 'any'),
  passedOn: label('无', 'never'),
  ground: label('无', 'none'),
  certificateNo: label('无', 'none'),
  review: label('没有问题', 'nothing against it'),
  seatsLeft: label('不限', 'no limit'),
  otherwise: label('未登记', 'not recorded'),
};
