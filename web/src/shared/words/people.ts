import { words, type Words } from '../i18n/dictionary';
import type { StatusWords } from '../components/status';

/** 人员类别: the first three may hold a certificate. */
export const STAFF_CATEGORY_WORDS: Readonly<Record<string, Words>> = {
  CIVIL_SERVANT: words('公务员', 'Civil servant'),
  REF_CIVIL_SERVANT: words('参照公务员法管理人员', 'Managed as civil servant'),
  PUBLIC_INSTITUTION: words('事业编制人员', 'Public institution staff'),
  LOGISTICS_WORKER: words('工勤人员', 'Logistics worker'),
  CONTRACT: words('合同工', 'Contract staff'),
  TEMPORARY: words('临时工', 'Temporary staff'),
  DISPATCHED_LABOUR: words('劳务派遣人员', 'Dispatched labour'),
  SECONDED: words('借调人员', 'Seconded staff'),
  PUBLIC_WELFARE_POST: words('公益性岗位人员', 'Public welfare post'),
  REHIRED: words('退休返聘人员', 'Rehired after retirement'),
};

export const OFFICER_STATE_WORDS: StatusWords<'ON_DUTY' | 'OFF_POST' | 'LEFT'> = {
  ON_DUTY: ['ok', words('在岗', 'On post')],
  OFF_POST: ['limited', words('离岗', 'Off post')],
  LEFT: ['over', words('已离职', 'Left')],
};

export const GENDER_WORDS: Readonly<Record<string, Words>> = {
  MALE: words('男', 'Male'),
  FEMALE: words('女', 'Female'),
};

export const LAW_SUBJECT_WORDS: Readonly<Record<string, Words>> = {
  COMMON_LAW: words('公共法律知识', 'Common law'),
  SPECIAL_LAW: words('专业法律知识', 'Special law'),
};

export const TRAINING_TYPE_WORDS: Readonly<Record<string, Words>> = {
  PRE_POST: words('岗前培训', 'Pre-post'),
  ROTATION: words('轮训', 'Rotation'),
  RENEWAL: words('更新知识培训', 'Renewal'),
  THEMATIC: words('专题培训', 'Thematic'),
  OFF_POST_REMEDIAL: words('离岗培训', 'Off-post remedial'),
};
