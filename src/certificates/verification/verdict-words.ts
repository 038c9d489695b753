import type { CardVerdict } from '../../rules/card-usability.rules.js';

export type Colour = 'green' | 'amber' | 'red' | 'grey';

export interface VerdictWords {
  readonly zh: string;
  readonly en: string;
  /** What it means for who meets the card, in a sentence. */
  readonly meansZh: string;
  readonly meansEn: string;
  readonly icon: string;
  /** Never the only sign: word and icon say the same. */
  readonly colour: Colour;
  /** BR-93: what names the person is taken down when the card is suspended or ends by an act. */
  readonly namesThePerson: boolean;
  /** Somebody shows a card that he may not have any more. */
  readonly isAlarming: boolean;
}

const STOP_ZH = '持证人现在不得凭此证执法。您可以拒绝配合，并向监督机关反映。';
const STOP_EN = 'Its holder may not enforce the law with it. You may decline and tell the supervising authority.';

const word = (
  [zh, en]: readonly [string, string],
  [meansZh, meansEn]: readonly [string, string],
  sign: Pick<VerdictWords, 'icon' | 'colour'> & Partial<Pick<VerdictWords, 'namesThePerson' | 'isAlarming'>>,
): VerdictWords => ({ zh, en, meansZh, meansEn, namesThePerson: false, isAlarming: false, ...sign });

const ended = (zh: string, en: string): VerdictWords =>
  word([zh, en], [STOP_ZH, STOP_EN], { icon: '✖', colour: 'red', isAlarming: true });

export const VERDICTS: Readonly<Record<CardVerdict, VerdictWords>> = {
  USABLE: word(
    ['有效', 'Valid'],
    ['证件真实有效。请核对照片与本人。', 'The certificate is genuine and valid. Compare the photo with the person.'],
    { icon: '✔', colour: 'green', namesThePerson: true },
  ),
  NOT_USABLE: word(
    ['暂不可用', 'Not usable now'],
    [
      '证件真实，但目前不能凭此证执法。',
      'The certificate is genuine, but may not be used to enforce the law at present.',
    ],
    { icon: '⏸', colour: 'amber', namesThePerson: true },
  ),
  NOT_YET_VALID: word(
    ['尚未生效', 'Not valid yet'],
    ['有效期还没有开始，现在不能凭此证执法。', 'Its validity has not begun; it may not be used yet.'],
    { icon: '⏸', colour: 'amber', namesThePerson: true },
  ),
  EXPIRED: word(
    ['已过期', 'Expired'],
    ['有效期已过，不能再凭此证执法。', 'Its validity is over; it may not be used any more.'],
    { icon: '✖', colour: 'red', namesThePerson: true },
  ),
  SUSPENDED: word(['已暂扣', 'Suspended'], [STOP_ZH, STOP_EN], { icon: '⏸', colour: 'red', isAlarming: true }),
  LOST: ended('已挂失', 'Reported lost'),
  REVOKED: ended('已吊销', 'Revoked'),
  CANCELLED: ended('已注销', 'Cancelled'),
  REPLACED: ended('已换发新证', 'Replaced by a new card'),
};
