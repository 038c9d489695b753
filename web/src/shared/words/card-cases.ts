import type { View } from '../api/client';
import { words, type Words } from '../i18n/dictionary';

/** Why a card has to come back. */
export const CARD_CASE_CAUSE_WORDS: Readonly<Record<View<'CardCaseView'>['cause'], Words>> = {
  LEFT_SERVICE: words('离职', 'Left the service'),
  TRANSFERRED: words('调动', 'Transferred'),
  SUBJECT_ABOLISHED: words('执法主体被撤销', 'Body abolished'),
  DELEGATION_ENDED: words('委托终止', 'Delegation ended'),
  SANCTIONED: words('受处分', 'Sanctioned'),
  DISMISSED: words('开除或辞退', 'Dismissed'),
  CONVICTED: words('被判处刑罚', 'Convicted'),
  REVOKED: words('证件被吊销', 'Certificate revoked'),
  CANCELLED: words('证件被注销', 'Certificate cancelled'),
  REPLACED: words('证件已换发', 'Certificate replaced'),
};
