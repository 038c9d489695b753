import type { MismatchKind } from '../mismatch/mismatch.dto.js';
import type { Language } from './page-frame.js';

/** Everything that the public pages say, but for the verdicts. */
export interface PageWords {
  readonly number: string;
  readonly kind: string;
  readonly name: string;
  readonly unit: string;
  readonly post: string;
  readonly domains: string;
  readonly area: string;
  readonly issuer: string;
  readonly valid: string;
  readonly photoOf: string;
  readonly photoHint: string;
  readonly checkedAt: string;
  readonly compare: string;
  readonly report: string;
  readonly another: string;
  readonly phone: (phone: string) => string;
  readonly types: Readonly<Record<string, string>>;
  readonly notFound: readonly [title: string, means: string];
  readonly notFoundHelp: readonly string[];
  readonly mistyped: readonly [title: string, means: string];
  readonly liveOver: readonly [title: string, means: string];
  readonly liveForged: readonly [title: string, means: string];
  readonly wait: (seconds: number) => readonly [title: string, means: string];
  readonly lookUp: {
    readonly title: string;
    readonly lead: string;
    readonly number: string;
    readonly numberHint: string;
    readonly name: string;
    readonly nameHint: string;
    readonly send: string;
    readonly faulty: string;
    readonly orCode: string;
    readonly code: string;
    readonly sendCode: string;
  };
  readonly reporting: {
    readonly title: string;
    readonly lead: string;
    readonly about: string;
    readonly what: string;
    readonly kinds: Readonly<Record<MismatchKind, string>>;
    readonly description: string;
    readonly descriptionHint: string;
    readonly place: string;
    readonly placeHint: string;
    readonly send: string;
    readonly faulty: string;
    readonly stale: string;
    readonly thanks: readonly [title: string, means: string];
    readonly back: string;
  };
}

export const PAGE_WORDS: Readonly<Record<Language, PageWords>> = {
  zh: {
    number: '证号',
    kind: '证件',
    name: '姓名',
    unit: '执法单位',
    post: '岗位',
    domains: '执法领域',
    area: '执法区域',
    issuer: '发证机关',
    valid: '有效期',
    photoOf: '持证人照片',
    photoHint: '请与本人核对',
    checkedAt: '本页核验时间',
    compare: '请核对：地址栏是本机关的网址，照片和姓名与您面前的人一致。',
    report: '信息不符，我要反映',
    another: '核验另一张证件',
    phone: (phone) => `监督电话：${phone}`,
    types: { ENFORCEMENT: '行政执法证', SUPERVISION: '行政执法监督证', MINISTRY: '部颁执法证件' },
    notFound: ['查无此证', '没有查到这张证件。这不等于假证，请先核对输入。'],
    notFoundHelp: [
      '二维码下方的 10 位编码不含字母 I、L、O、U；数字 0、1 与字母 O、I 已自动区分。',
      '证号和姓名须与证面完全一致。',
      '外地或部委核发的证件可能不在本系统，可拨打监督电话核实。',
    ],
    mistyped: ['编码有误', '输入的编码不完整或有错字，请对照证面逐位核对后重新输入。'],
    liveOver: ['亮证码已失效', '亮证码只在 60 秒内有效。请持证人当场重新出示，不要接受截图。'],
    liveForged: ['亮证码无效', '这个亮证码不是本机关签发的。请要求出示实体证件，并可向监督机关反映。'],
    wait: (seconds) => ['请稍等片刻', `查询次数较多，请在 ${seconds} 秒后再试。您的查询没有问题。`],
    lookUp: {
      title: '核验行政执法证件',
      lead: '扫描证件上的二维码即可核验；没有二维码时，请填写证面上的证号和姓名。',
      number: '证号',
      numberHint: '证面上的完整号码，例如 11 位数字',
      name: '持证人姓名',
      nameHint: '用于确认，须与证面一致；不支持只按姓名查询',
      send: '核验',
      faulty: '请完整填写证号和姓名。',
      orCode: '或按二维码下方的编码核验',
      code: '10 位编码',
      sendCode: '按编码核验',
    },
    reporting: {
      title: '反映证件信息不符',
      lead: '您反映的内容会转给监督机关，不会公开，也不需要留下您的姓名。',
      about: '反映的证件',
      what: '哪里不符？',
      kinds: {
        NOT_THE_PERSON: '照片与持证人不是同一人',
        DATA_DIFFER: '证面内容与查询结果不一致',
        CARD_LOOKS_FORGED: '证件看起来是伪造或涂改的',
        NOT_FOUND: '出示的证件查不到',
        OTHER: '其他情况',
      },
      description: '情况说明（可不填）',
      descriptionHint: '500 字以内。请不要填写任何人的身份证号或电话。',
      place: '地点（可不填）',
      placeHint: '例如：××路与××路口，100 字以内',
      send: '提交',
      faulty: '请选择一项，并检查字数。',
      stale: '这个页面打开得太久了，请重新提交一次。',
      thanks: ['已收到，谢谢', '监督机关会核查您反映的情况。'],
      back: '返回核验结果',
    },
  },
  en: {
    number: 'Number',
    kind: 'Kind',
    name: 'Name',
    unit: 'Authority',
    post: 'Post',
    domains: 'Fields',
    area: 'Area',
    issuer: 'Issued by',
    valid: 'Valid',
    photoOf: 'Photo of the holder',
    photoHint: 'Compare with the person',
    checkedAt: 'Checked at',
    compare:
      'Make sure that the address bar shows the authority’s site and that photo and name fit the person before you.',
    report: 'Something does not fit: report it',
    another: 'Verify another certificate',
    phone: (phone) => `Supervision hotline: ${phone}`,
    types: {
      ENFORCEMENT: 'Administrative law enforcement certificate',
      SUPERVISION: 'Enforcement supervision certificate',
      MINISTRY: 'Certificate of a ministry',
    },
    notFound: [
      'Not found',
      'There is no such certificate here. That does not make it a forgery: check what you entered.',
    ],
    notFoundHelp: [
      'The ten characters below the QR never hold the letters I, L, O or U.',
      'Number and name must be exactly as on the card.',
      'Certificates of other places or of ministries may not be on record here; the hotline can help.',
    ],
    mistyped: [
      'Mistyped code',
      'The code is incomplete or has a wrong character. Compare it with the card and enter it again.',
    ],
    liveOver: [
      'Code on the screen is over',
      'A live code is good for 60 seconds. Ask for a new one on the spot; take no screenshot.',
    ],
    liveForged: [
      'Code on the screen is not ours',
      'This live code was not signed here. Ask for the card itself, and tell the supervising authority.',
    ],
    wait: (seconds) => [
      'One moment, please',
      `There were many look-ups. Try again in ${seconds} seconds; nothing is wrong with yours.`,
    ],
    lookUp: {
      title: 'Verify an enforcement certificate',
      lead: 'Scan the QR on the card. Without a QR, enter number and name as they are printed.',
      number: 'Certificate number',
      numberHint: 'The whole number on the card, for instance 11 digits',
      name: 'Name of the holder',
      nameHint: 'Confirms the number; a name alone finds nothing',
      send: 'Verify',
      faulty: 'Enter the whole number and the name.',
      orCode: 'Or by the code below the QR',
      code: 'Code of 10 characters',
      sendCode: 'Verify by code',
    },
    reporting: {
      title: 'Report what does not fit',
      lead: 'It goes to the supervising authority, is not made public, and needs no name of yours.',
      about: 'Certificate',
      what: 'What does not fit?',
      kinds: {
        NOT_THE_PERSON: 'The photo shows somebody else',
        DATA_DIFFER: 'The card says something else than this page',
        CARD_LOOKS_FORGED: 'The card looks forged or altered',
        NOT_FOUND: 'The card that was shown is not found',
        OTHER: 'Something else',
      },
      description: 'What happened (optional)',
      descriptionHint: 'Up to 500 characters. No ID or phone numbers, please.',
      place: 'Place (optional)',
      placeHint: 'For instance a crossing; up to 100 characters',
      send: 'Send',
      faulty: 'Choose one, and mind the lengths.',
      stale: 'This page was open for too long. Please send it once more.',
      thanks: ['Received, thank you', 'The supervising authority will look into it.'],
      back: 'Back to the result',
    },
  },
};
