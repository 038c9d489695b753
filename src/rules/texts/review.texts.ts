import type { ReviewCode, ReviewDeskCode } from '../review.rules.js';
import { en, zh, type RefusalText } from './sentence.js';

const H1 = '《河南省行政执法条例》';
const REVIEW = '年审制度（系统设置 review.enabled）';

/** Sentences of the annual review: what was found in a file, and what its desk says no to. */
export const REVIEW_TEXTS: Readonly<Record<ReviewCode | ReviewDeskCode, RefusalText>> = {
  REVIEW_LEFT_SERVICE: {
    zh: zh`请收回并注销证件：持证人自 ${'since'} 起离职。`,
    en: en`Take the card back and cancel it: the holder left from ${'since'}.`,
    basis: `${H1}第二十条；${REVIEW}`,
  },
  REVIEW_NOT_ON_POST: {
    zh: zh`请核对任职：${'on'} 持证人不在发证单位任职。`,
    en: en`Check the post: on ${'on'} the holder is not assigned to the body of the card.`,
    basis: `${H1}第二十条；${REVIEW}`,
  },
  REVIEW_OFF_POST: {
    zh: zh`请待其返岗后再审：${'on'} 持证人处于离岗状态。`,
    en: en`Review the card when the holder is back: on ${'on'} an off-post order runs.`,
    basis: `${H1}第四十五条；${REVIEW}`,
  },
  REVIEW_STAFF_CATEGORY: {
    zh: zh`请核对人员身份：${'staffCategory'}（在编：${'onEstablishment'}）不得持有执法证。`,
    en: en`Check the person's category: ${'staffCategory'} (on establishment: ${'onEstablishment'}) can hold no certificate.`,
    basis: `${H1}第二十条`,
  },
  REVIEW_BARRED: {
    zh: zh`请待限制期满：${'ground'}，自 ${'since'} 至 ${'until'}。`,
    en: en`Wait until the bar has ended: ${'ground'}, from ${'since'} to ${'until'}.`,
    basis: `《公职人员政务处分法》第八条；${REVIEW}`,
  },
  REVIEW_NOT_IN_VALIDITY: {
    zh: zh`请先办理换证：证件现为 ${'state'} 状态，不在有效期内。`,
    en: en`Renew the certificate first: it is ${'state'} and not in validity.`,
    basis: `${H1}第二十一条；${REVIEW}`,
  },
  REVIEW_SUSPENDED: {
    zh: zh`请说明暂扣情况：${'on'} 证件处于暂扣状态。`,
    en: en`Explain the suspension: on ${'on'} the certificate is suspended.`,
    basis: `${H1}第四十二条；${REVIEW}`,
  },
  REVIEW_HOURS_SHORT: {
    zh: zh`请补足学时或说明原因：${'year'} 年已确认 ${'done'} 学时，应完成 ${'required'} 学时。`,
    en: en`Make up the hours or explain: ${'done'} hours were confirmed in ${'year'}, ${'required'} are required.`,
    basis: '系统设置 hours.annual、review.hoursGate',
  },
  REVIEW_TEST_FAILED: {
    zh: zh`请补考合格后再审：最近一次考试（${'heldOn'}）未合格。`,
    en: en`Pass a test first: the last one, on ${'heldOn'}, was failed.`,
    basis: '系统设置 review.testAfterYears',
  },
  REVIEW_TEST_MISSING: {
    zh: zh`请安排考试或说明原因：持证满 ${'years'} 年（自 ${'validFrom'} 起）没有考试记录。`,
    en: en`Arrange a test or explain: the card is in use for ${'years'} years (from ${'validFrom'}) without one.`,
    basis: '系统设置 review.testAfterYears',
  },
  REVIEW_IDLE: {
    zh: zh`请说明原因：${'months'} 个月内没有执法记录（最近一次：${'lastActOn'}）。`,
    en: en`Explain: no act within ${'months'} months (the last one: ${'lastActOn'}).`,
    basis: '系统设置 review.idleMonths',
  },
  REVIEW_SANCTIONED: {
    zh: zh`请说明处分情况：${'year'} 年以来有 ${'count'} 次处分记录。`,
    en: en`Explain: ${'count'} sanctions are recorded since ${'year'}.`,
    basis: '《公职人员政务处分法》第八条',
  },
  REVIEW_NEW_CARD: {
    zh: zh`本年度只列名、不审验：证件自 ${'validFrom'} 起有效。`,
    en: en`Listed only this year: the card is valid from ${'validFrom'}.`,
    basis: '系统设置 review.newCardMonths',
  },
  REVIEW_NOT_ENABLED: {
    zh: zh`请先启用年审：系统设置 review.enabled 在 ${'on'} 未开启。`,
    en: en`Switch the annual review on first: the setting review.enabled is off on ${'on'}.`,
    basis: REVIEW,
  },
  REVIEW_YEAR_NOT_OVER: {
    zh: zh`请待 ${'year'} 年结束后再开展该年度的年审（今天是 ${'on'}）。`,
    en: en`Wait until ${'year'} is over (today is ${'on'}): a year is reviewed when it has ended.`,
    basis: '系统设置 review.period',
  },
  REVIEW_PERIOD_PAST: {
    zh: zh`请重新确定年审期限：截止日 ${'periodTo'} 应不早于今天（${'on'}），且期限设置可读。`,
    en: en`Give another period: it ends on ${'periodTo'}, which must not lie before today (${'on'}), and has to be readable.`,
    basis: '系统设置 review.period',
  },
  REVIEW_FILE_UNKNOWN: {
    zh: zh`请从年审清单中选择：在您的管辖范围内没有这份年审档案。`,
    en: en`Choose from the list of the review: there is no such file within your scope.`,
    basis: REVIEW,
  },
  REVIEW_FILE_STATE: {
    zh: zh`请刷新后再办：年审档案现处于 ${'reviewState'} 状态，不能办理此步骤。`,
    en: en`Read the file again: it is ${'reviewState'}, where this can't be done.`,
    basis: REVIEW,
  },
  REVIEW_STEP_OF_ANOTHER_ROLE: {
    zh: zh`请由 ${'role'} 办理：年审档案正在等待 ${'step'}。`,
    en: en`Leave it to the ${'role'}: the file waits for ${'step'}.`,
    basis: REVIEW,
  },
  REVIEW_HARD_FAIL: {
    zh: zh`请先整改再通过：仍有不合格项（${'finding'}）。`,
    en: en`Have it mended before it passes: something fails by itself (${'finding'}).`,
    basis: REVIEW,
  },
  REVIEW_UNEXPLAINED: {
    zh: zh`请先退回单位说明：${'finding'}，尚无说明。`,
    en: en`Send it back to the unit first: nobody has explained this yet (${'finding'}).`,
    basis: '系统设置 review.idleMonths、review.hoursGate',
  },
};
