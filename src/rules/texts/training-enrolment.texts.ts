import type { TrainingEnrolmentCode } from '../training-enrolment.rules.js';
import { en, zh, type RefusalText } from './sentence.js';

/** Sentences of the training classes: first what to do, then why. */
export const TRAINING_ENROLMENT_TEXTS: Readonly<Record<TrainingEnrolmentCode, RefusalText>> = {
  CLASS_FULL: {
    zh: zh`请改报其他班次：培训班“${'class'}”的 ${'capacity'} 个名额已满。`,
    en: en`Choose another class: all ${'capacity'} seats of ${'class'} are taken.`,
    basis: 'BR-39',
  },
  NOT_ENROLLED: {
    zh: zh`请先为此人报名培训班“${'class'}”：未报名的人员不能登记学时。`,
    en: en`Enrol the person in ${'class'} first: hours are recorded only for the enrolled.`,
    basis: 'BR-33',
  },
  CLASS_NOT_OVER: {
    zh: zh`请待培训班结束后再确认学时：“${'class'}”的结束日期为 ${'endsOn'}。`,
    en: en`Confirm the hours when the class is over: ${'class'} ends on ${'endsOn'}.`,
    basis: 'BR-29',
  },
};
