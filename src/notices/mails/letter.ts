import { NOTICE_KIND_LABELS } from '../../rules/texts/notice.texts.js';

/** Takes how many lines of each kind. Gives subject and text: numbers and kinds only; who it is about is seen in the application. */
export function letterOf(
  counts: readonly { readonly kind: string; readonly lines: number }[],
  base: string | undefined,
): { subject: string; text: string } {
  const total = counts.reduce((sum, { lines }) => sum + lines, 0);
  const say = (language: 'zh' | 'en') =>
    counts.map(({ kind, lines }) => `- ${NOTICE_KIND_LABELS[kind]?.[language] ?? kind}: ${lines}`).join('\n');
  const place = base === undefined ? '' : `\n${base}\n`;
  return {
    subject: `持证系统：您有 ${total} 条提醒 / ${total} reminders`,
    text: `您有 ${total} 条未读提醒，请登录持证系统办理：\n${say('zh')}\n\nYou have ${total} unread reminders; sign in to deal with them:\n${say('en')}\n${place}\n本邮件由系统自动发送，不含人员信息。 Sent automatically; it holds no personal data.\n`,
  };
}
