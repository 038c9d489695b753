import type { CertificateDeskCode } from '../certificate-desk.rules.js';
import { en, zh, type RefusalText } from './sentence.js';

const ORDER_180 = '《河南省行政执法证件管理办法》';
const H1 = '《河南省行政执法条例》';

/** Sentences of the desk for applications and certificates. */
export const CERTIFICATE_DESK_TEXTS: Readonly<Record<CertificateDeskCode, RefusalText>> = {
  APPLICATION_UNKNOWN: {
    zh: zh`请从申请列表中选择：在您的管辖范围内没有这份申请。`,
    en: en`Choose from the list of applications: there is no such application within your scope.`,
    basis: `${ORDER_180}第五条`,
  },
  APPLICATION_STATE: {
    zh: zh`请刷新后再办：申请现处于 ${'state'} 状态，不能办理此步骤。`,
    en: en`Read the application again: it is ${'state'}, where this can't be done.`,
    basis: `${ORDER_180}第五条`,
  },
  STEP_OF_ANOTHER_ROLE: {
    zh: zh`请由 ${'role'} 办理：申请正在等待 ${'step'}。`,
    en: en`Leave it to the ${'role'}: the application waits for ${'step'}.`,
    basis: `${ORDER_180}第五条`,
  },
  NUMBERS_SHORT: {
    zh: zh`请启用新的号段或减少本批人数：需要 ${'needed'} 个证号，只剩 ${'left'} 个，缺 ${'short'} 个。`,
    en: en`Open a new range or make the batch smaller: ${'needed'} numbers are needed, ${'left'} are left, ${'short'} are short.`,
    basis: `${ORDER_180}第五条（系统设置 cert.numberScheme）`,
  },
  LIFT_BEFORE_SUSPENSION: {
    zh: zh`请将解除日期定在暂扣开始之后：暂扣自 ${'suspendedFrom'} 起，解除定在 ${'liftedFrom'}。`,
    en: en`Date the lift after the beginning of the suspension: it runs from ${'suspendedFrom'}, the lift is dated ${'liftedFrom'}.`,
    basis: `${H1}第四十二条`,
  },
  CANCELLED_BY_HAND: {
    zh: zh`如仍需发证请重新组批：预留的证件已被注销，证号作废。`,
    en: en`Put the application into a new batch if it is still wanted: the reserved certificate was cancelled and its number is void.`,
    basis: `${ORDER_180}第五条`,
  },
  ISSUE_INTERRUPTED: {
    zh: zh`请重新组批：发证过程中断，预留的证号已作废且不再使用。`,
    en: en`Put the application into a new batch: the issue was interrupted, and the reserved number is void and never used again.`,
    basis: `${ORDER_180}第五条`,
  },
};
