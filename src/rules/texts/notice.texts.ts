import type { Reason } from '../verdict.js';
import { en, zh, type Sentence } from './sentence.js';

export interface NoticeText {
  readonly zh: Sentence;
  readonly en: Sentence;
}

/** Kinds of lines in the in-app inbox. No sentence names a person: who may open the target sees who it is. */
export const NOTICE_KINDS = [
  'certificate.expiry',
  'application.clock',
  'card-case.due',
  'annual-review.due',
  'publication.due',
  'deployment.recalled',
  'import.finished',
  'setting.approve',
  'setting.refuse',
  'webhook.dead',
  'certificate.unusable-shown',
  'mismatch.reported',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** Sentences of the inbox: what is to be done, and until when. */
export const NOTICE_TEXTS: Readonly<Record<NoticeKind, NoticeText>> = {
  'certificate.expiry': {
    zh: zh`请办理换证：一张执法证件于 ${'deadline'} 到期，还有 ${'daysLeft'} 天。`,
    en: en`Renew in time: a certificate expires on ${'deadline'}, in ${'daysLeft'} days.`,
  },
  'application.clock': {
    zh: zh`请办理申领审核：办理期限为 ${'deadline'}，还有 ${'daysLeft'} 天。`,
    en: en`Decide on an application: its time ends on ${'deadline'}, in ${'daysLeft'} days.`,
  },
  'card-case.due': {
    zh: zh`请收回证件：应于 ${'deadline'} 前交回，还有 ${'daysLeft'} 天。`,
    en: en`Get a card back: it is due on ${'deadline'}, in ${'daysLeft'} days.`,
  },
  'annual-review.due': {
    zh: zh`请完成年度审验：期限为 ${'deadline'}，还有 ${'daysLeft'} 天。`,
    en: en`Finish the annual review: it ends on ${'deadline'}, in ${'daysLeft'} days.`,
  },
  'publication.due': {
    zh: zh`请完成执法人员公示：期限为 ${'deadline'}，还有 ${'daysLeft'} 天。`,
    en: en`Publish an officer: it is due on ${'deadline'}, in ${'daysLeft'} days.`,
  },
  'deployment.recalled': {
    zh: zh`一次执法任务已被撤回，请打开查看原因。`,
    en: en`A deployment was recalled; open it to see why.`,
  },
  'import.finished': {
    zh: zh`批量导入已结束，请打开查看结果。`,
    en: en`An import has ended; open it to see the result.`,
  },
  'setting.approve': {
    zh: zh`您提出的设置变更已批准。`,
    en: en`The setting that you proposed was approved.`,
  },
  'setting.refuse': {
    zh: zh`您提出的设置变更未获批准，请打开查看理由。`,
    en: en`The setting that you proposed was refused; open it to see why.`,
  },
  'certificate.unusable-shown': {
    zh: zh`请核查：${'standing'}的证件 ${'certificateNo'} 于 ${'at'} 被出示（${'how'}，地点：${'place'}）。`,
    en: en`Look into it: the certificate ${'certificateNo'} (${'state'}) was shown at ${'at'}, place: ${'place'}.`,
  },
  'mismatch.reported': {
    zh: zh`请核查公众反映：${'what'}（证号 ${'certificateNo'}）。`,
    en: en`Look into what the public reported (${'kind'}, certificate ${'certificateNo'}).`,
  },
  'webhook.dead': {
    zh: zh`有推送多次失败后已停止，请检查接收方并重新推送。`,
    en: en`A webhook delivery failed for good; check the receiver and replay it.`,
  },
};

/** Takes a kind and its facts. Gives the sentence in both languages, null for a kind of another version. */
export function noticeText(kind: string, facts: Reason['facts']): { zh: string; en: string } | null {
  const text = Object.hasOwn(NOTICE_TEXTS, kind) ? NOTICE_TEXTS[kind as NoticeKind] : undefined;
  return text === undefined ? null : { zh: text.zh(facts), en: text.en(facts) };
}

/** How a kind is called where only its number is told. */
export const NOTICE_KIND_LABELS: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  'certificate.expiry': { zh: '证件到期', en: 'certificates that expire' },
  'application.clock': { zh: '申领审核期限', en: 'applications to decide' },
  'card-case.due': { zh: '证件收回', en: 'cards to get back' },
  'annual-review.due': { zh: '年度审验', en: 'annual reviews' },
  'publication.due': { zh: '执法人员公示', en: 'officers to publish' },
  'deployment.recalled': { zh: '任务撤回', en: 'recalled deployments' },
  'import.finished': { zh: '导入结束', en: 'imports that ended' },
  'setting.approve': { zh: '设置变更已批准', en: 'settings approved' },
  'setting.refuse': { zh: '设置变更未批准', en: 'settings refused' },
  'webhook.dead': { zh: '推送失败', en: 'webhook deliveries that failed' },
  'certificate.unusable-shown': { zh: '失效证件被出示', en: 'cards shown that may not be used' },
  'mismatch.reported': { zh: '公众反映', en: 'reports of the public' },
};
