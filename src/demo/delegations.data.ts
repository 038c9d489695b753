import type { BasisRank } from '../rules/duty-facts.js';
import type { BodyKey } from './bodies.data.js';

export interface DelegationPlan {
  readonly key: string;
  readonly from: BodyKey;
  readonly to: BodyKey;
  readonly matters: readonly string[];
  readonly area?: string;
  readonly documentNo: (year: number) => string;
  readonly authority: string;
  readonly basis: readonly [title: string, article: string, rank: BasisRank];
  /** All in days from today. */
  readonly validFrom: number;
  readonly validTo: number;
  readonly drafted: number;
  readonly signed?: number;
  readonly published?: number;
  readonly suspended?: { readonly from: number; readonly until?: number; readonly reason: string };
  readonly revoked?: { readonly from: number; readonly reason: string };
  readonly supervisions?: readonly (readonly [on: number, summary: string, findings: string])[];
  readonly reports?: readonly (readonly [on: number, summary: string])[];
}

const PENALTY_LAW = ['中华人民共和国行政处罚法', '第二十条', 'LAW'] as const;
const LICENCE_LAW = ['中华人民共和国行政许可法', '第二十四条', 'LAW'] as const;
const IN_NAME = '以委托机关的名义实施，依法接受委托机关监督；不得再委托。';

/** A delegation in every state. The one of linshan is suspended while the deployments are told. */
export const DELEGATIONS: readonly DelegationPlan[] = [
  {
    key: 'farm',
    from: 'agriculture',
    to: 'farmSquad',
    matters: ['NY-CF-001', 'NY-JC-001'],
    documentNo: (year) => `中原农委字〔${year}〕3号`,
    authority: `农药、种子和农产品质量安全的行政处罚与行政检查。${IN_NAME}`,
    basis: PENALTY_LAW,
    validFrom: -290,
    validTo: 510,
    drafted: -320,
    signed: -310,
    published: -300,
    supervisions: [
      [-200, '抽查执法案卷 12 卷，随队检查 2 次。', '1 卷未附证件复印件，已整改。'],
      [-65, '年中监督检查，听取汇报并查阅记录。', '未发现问题。'],
    ],
    reports: [
      [-195, '上半年办理案件 9 件，检查 64 次。'],
      [-20, '第三季度办理案件 5 件，检查 41 次。'],
    ],
  },
  {
    key: 'farm-old',
    from: 'agriculture',
    to: 'farmSquad',
    matters: ['NY-CF-001', 'NY-JC-001'],
    documentNo: (year) => `中原农委字〔${year - 2}〕1号`,
    authority: `农药、种子和农产品质量安全的行政处罚与行政检查。${IN_NAME}`,
    basis: PENALTY_LAW,
    validFrom: -795,
    validTo: -291,
    drafted: -799,
    signed: -798,
    published: -796,
    supervisions: [[-480, '年度监督检查。', '未发现问题。']],
  },
  {
    key: 'road',
    from: 'transport',
    to: 'roadCentre',
    matters: ['JT-CF-001', 'JT-JC-001'],
    documentNo: (year) => `中原交委字〔${year - 1}〕5号`,
    authority: `道路货物运输和客运站的行政处罚与行政检查。${IN_NAME}`,
    basis: PENALTY_LAW,
    validFrom: -689,
    validTo: 41,
    drafted: -712,
    signed: -705,
    published: -697,
    suspended: { from: -640, until: -618, reason: '受托组织人员调整，持证人员暂不足两名。' },
    supervisions: [
      [-500, '年度监督检查。', '执法记录仪使用率偏低，要求整改。'],
      [-150, '年度监督检查。', '整改到位。'],
    ],
    reports: [[-130, '全年检查车辆 1,204 台次，办理案件 31 件。']],
  },
  {
    key: 'waste',
    from: 'urban',
    to: 'housing',
    matters: ['CG-CF-002', 'CG-JC-002'],
    documentNo: (year) => `中原城委字〔${year}〕2号`,
    authority: `建筑工地和建筑垃圾运输的行政处罚与行政检查。${IN_NAME}`,
    basis: PENALTY_LAW,
    validFrom: -250,
    validTo: 480,
    drafted: -275,
    signed: -268,
    published: -258,
    supervisions: [[-90, '联合检查 6 处工地并核对案卷。', '未发现问题。']],
  },
  {
    key: 'waste-old',
    from: 'urban',
    to: 'housing',
    matters: ['CG-CF-002', 'CG-JC-002'],
    documentNo: (year) => `中原城委字〔${year - 2}〕7号`,
    authority: `建筑工地的行政检查。${IN_NAME}`,
    basis: PENALTY_LAW,
    validFrom: -795,
    validTo: -251,
    drafted: -799,
    signed: -798,
    published: -796,
  },
  {
    key: 'advertising',
    from: 'urban',
    to: 'linshan',
    matters: ['CG-XK-001'],
    area: '410102001',
    documentNo: (year) => `中原城委字〔${year}〕4号`,
    authority: '辖区内户外广告设置许可的受理与决定，以委托机关的名义实施。',
    basis: LICENCE_LAW,
    validFrom: -180,
    validTo: 550,
    drafted: -200,
    signed: -195,
    published: -186,
  },
  {
    key: 'food-licence',
    from: 'market',
    to: 'mianfang',
    matters: ['SC-XK-001'],
    area: '410102003',
    documentNo: (year) => `中原市监委字〔${year}〕6号`,
    authority: '辖区内小餐饮食品经营许可的受理与决定，以委托机关的名义实施。',
    basis: LICENCE_LAW,
    validFrom: 30,
    validTo: 760,
    drafted: -40,
    signed: -25,
    published: -12,
  },
  {
    key: 'safety',
    from: 'emergency',
    to: 'linshan',
    matters: ['YJ-JC-001'],
    area: '410102001',
    documentNo: (year) => `中原应急委字〔${year}〕1号`,
    authority: `辖区内小型企业安全生产检查。${IN_NAME}`,
    basis: PENALTY_LAW,
    validFrom: -5,
    validTo: 720,
    drafted: -18,
    signed: -9,
  },
  {
    key: 'safety-draft',
    from: 'emergency',
    to: 'mianfang',
    matters: ['YJ-CF-001', 'YJ-JC-001'],
    area: '410102003',
    documentNo: (year) => `中原应急委字〔${year}〕2号`,
    authority: `辖区内小型企业安全生产的行政处罚与行政检查。${IN_NAME}`,
    basis: PENALTY_LAW,
    validFrom: 20,
    validTo: 740,
    drafted: -6,
  },
  {
    key: 'food-check',
    from: 'market',
    to: 'linshan',
    matters: ['SC-JC-001'],
    area: '410102001',
    documentNo: (year) => `中原市监委字〔${year}〕1号`,
    authority: `辖区内小餐饮日常检查。${IN_NAME}`,
    basis: PENALTY_LAW,
    validFrom: -330,
    validTo: 400,
    drafted: -360,
    signed: -350,
    published: -340,
    revoked: { from: -50, reason: '街道办事处已取得相应的行政检查权，委托不再需要。' },
    supervisions: [[-160, '监督检查，查阅检查记录 30 份。', '3 份记录未由两名执法人员签字。']],
  },
  {
    // The power it rests on has run out meanwhile.
    key: 'shows',
    from: 'culture',
    to: 'mianfang',
    matters: ['WH-CF-001'],
    area: '410102003',
    documentNo: (year) => `中原文旅委字〔${year}〕2号`,
    authority: `辖区内营业性演出的行政处罚。${IN_NAME}`,
    basis: PENALTY_LAW,
    validFrom: -220,
    validTo: 500,
    drafted: -240,
    signed: -235,
    published: -228,
  },
];
