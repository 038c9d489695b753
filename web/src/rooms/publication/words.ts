import type { View } from '../../shared/api/client';
import type { StatusWords } from '../../shared/components/status';
import { words, type Words } from '../../shared/i18n/dictionary';

export const PUBLICATION_STATE_WORDS: StatusWords<View<'PublicationView'>['state']> = {
  DUE: ['pending', words('待拟公示', 'To be prepared')],
  PREPARED: ['pending', words('待复核', 'To be checked')],
  PUBLISHED: ['ok', words('公示中', 'Published')],
  WITHHELD: ['limited', words('暂不公示', 'Withheld')],
  TAKEN_DOWN: ['over', words('已撤下', 'Taken down')],
  REPLACED: ['over', words('已更新', 'Replaced')],
  LAPSED: ['over', words('不再公示', 'Lapsed')],
};

export const PUBLICATION_CLOCK_WORDS: StatusWords<View<'PublicationClockView'>['colour']> = {
  GREEN: ['ok', words('时限内', 'In time')],
  AMBER: ['soon', words('临近期限', 'Nearly due')],
  RED: ['limited', words('已过目标期限', 'Past the target')],
  OVER: ['stop', words('已超法定期限', 'Past the legal limit')],
};

export const PUBLICATION_CAUSE_WORDS: Readonly<Record<string, Words>> = {
  ISSUED: words('新发证件', 'Issued'),
  CHANGED: words('公示信息变更', 'Changed'),
  BACK: words('恢复执法资格', 'Back on duty'),
};

export const ENDED_CAUSE_WORDS: Readonly<Record<string, Words>> = {
  EXPIRED: words('证件到期', 'Certificate expired'),
  SUSPENDED: words('证件暂扣', 'Certificate suspended'),
  LOST: words('证件挂失', 'Certificate lost'),
  REVOKED: words('证件吊销', 'Certificate revoked'),
  CANCELLED: words('证件注销', 'Certificate cancelled'),
  NOT_ON_POST: words('不在执法岗位', 'Not on post'),
  REPLACED: words('已有新的公示', 'Replaced by a newer record'),
};

export const STEP_WORDS: Readonly<Record<string, Words>> = {
  PREPARE: words('拟公示', 'Prepared'),
  CHECK: words('复核', 'Checked'),
  PUBLISH: words('准予公示', 'Published'),
  RETURN: words('退回', 'Returned'),
  WITHHOLD: words('暂不公示', 'Withheld'),
};

export const stepWord = (step: string): Words => STEP_WORDS[step] ?? words(step, step);
