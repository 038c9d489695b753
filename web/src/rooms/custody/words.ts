import type { StatusWords } from '../../shared/components/status';
import { words, type Words } from '../../shared/i18n/dictionary';
import type { View } from '../../shared/api/client';

export const CUSTODY_WORDS: StatusWords<View<'CustodyView'>['state']> = {
  AT_DESK: ['pending', words('待发放', 'At the desk')],
  WITH_HOLDER: ['ok', words('本人持有', 'With the holder')],
  RETURNED: ['limited', words('已收回', 'Returned')],
  MISSING: ['stop', words('下落不明', 'Missing')],
  LISTED: ['soon', words('待销毁', 'Listed for destruction')],
  DESTROYED: ['void', words('已销毁', 'Destroyed')],
};

export const CASE_STATE_WORDS: StatusWords<View<'CardCaseView'>['state']> = {
  OPEN: ['pending', words('办理中', 'Open')],
  ESCALATED: ['stop', words('已上报', 'Escalated')],
  CLOSED: ['over', words('已办结', 'Closed')],
};

/** What is left to do in a case. */
export const TO_DO_WORDS: Readonly<Record<string, Words>> = {
  CANCEL: words('注销证件', 'Cancel the certificate'),
  REVOKE: words('吊销证件', 'Revoke the certificate'),
  DECIDE: words('决定暂扣、吊销或保留', 'Decide: suspend, revoke or keep'),
  TAKE_BACK: words('收回证件', 'Take the card back'),
};

export const OUTCOME_WORDS: Readonly<Record<string, Words>> = {
  DONE: words('已办理', 'Done'),
  KEPT: words('决定保留', 'Kept'),
  WITHDRAWN: words('原因已撤回', 'Cause withdrawn'),
};

export const CLOCK_WORDS: StatusWords<'GREEN' | 'AMBER' | 'RED'> = {
  GREEN: ['ok', words('时限内', 'In time')],
  AMBER: ['soon', words('临近期限', 'Nearly due')],
  RED: ['stop', words('到期或逾期', 'Due or overdue')],
};

export const DESTRUCTION_WORDS: StatusWords<View<'DestructionView'>['state']> = {
  PROPOSED: ['pending', words('待第二人签字', 'Awaits the second signature')],
  DESTROYED: ['void', words('已销毁', 'Destroyed')],
  WITHDRAWN: ['over', words('已撤回', 'Withdrawn')],
};

export const CARD_VERBS = ['hand-out', 'take-back', 'give-back', 'report-missing'] as const;
export type CardVerb = (typeof CARD_VERBS)[number];

export const CARD_VERB_WORDS: Readonly<Record<CardVerb, Words>> = {
  'hand-out': words('发放给本人', 'Hand out'),
  'take-back': words('收回', 'Take back'),
  'give-back': words('归还本人', 'Give back'),
  'report-missing': words('登记下落不明', 'Report missing'),
};

/** Moves as the record keeps them. */
export const MOVE_WORDS: Readonly<Record<string, Words>> = {
  handOut: words('发放', 'Handed out'),
  takeBack: words('收回', 'Taken back'),
  giveBack: words('归还', 'Given back'),
  miss: words('下落不明', 'Missing'),
  list: words('列入销毁清单', 'Put on a destruction list'),
  unlist: words('撤出销毁清单', 'Taken off the list'),
  destroy: words('销毁', 'Destroyed'),
};
