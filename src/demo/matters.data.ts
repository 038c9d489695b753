import type { ActType, BasisRank } from '../rules/duty-facts.js';
import type { BodyKey } from './bodies.data.js';

export interface MatterPlan {
  readonly code: string;
  readonly name: string;
  readonly actType: ActType;
  readonly domain: string;
}

const matter = (code: string, name: string, actType: ActType, domain: string): MatterPlan => ({
  code,
  name,
  actType,
  domain,
});

export const MATTERS: readonly MatterPlan[] = [
  matter('CG-CF-001', '擅自占道经营的处罚', 'PENALTY', 'URBAN_MANAGEMENT'),
  matter('CG-CF-002', '随意倾倒建筑垃圾的处罚', 'PENALTY', 'URBAN_MANAGEMENT'),
  matter('CG-JC-001', '市容环境卫生检查', 'INSPECTION', 'URBAN_MANAGEMENT'),
  matter('CG-JC-002', '建筑垃圾运输检查', 'INSPECTION', 'URBAN_MANAGEMENT'),
  matter('CG-QZ-001', '扣押占道经营的工具和物品', 'COERCIVE_MEASURE', 'URBAN_MANAGEMENT'),
  matter('CG-ZX-001', '强制拆除违法设置的户外广告', 'COERCIVE_EXECUTION', 'URBAN_MANAGEMENT'),
  matter('CG-XK-001', '户外广告设置许可', 'LICENSE', 'URBAN_MANAGEMENT'),
  matter('CG-SF-001', '城市道路占用费', 'CHARGE', 'URBAN_MANAGEMENT'),
  matter('SC-CF-001', '无证从事食品经营的处罚', 'PENALTY', 'MARKET_REGULATION'),
  matter('SC-JC-001', '食品经营日常检查', 'INSPECTION', 'MARKET_REGULATION'),
  matter('SC-QZ-001', '查封、扣押不合格食品', 'COERCIVE_MEASURE', 'MARKET_REGULATION'),
  matter('SC-XK-001', '食品经营许可', 'LICENSE', 'MARKET_REGULATION'),
  matter('SC-CJ-001', '计量纠纷裁决', 'RULING', 'MARKET_REGULATION'),
  matter('NY-CF-001', '销售假劣农药的处罚', 'PENALTY', 'AGRICULTURE'),
  matter('NY-JC-001', '农产品质量安全检查', 'INSPECTION', 'AGRICULTURE'),
  matter('NY-QR-001', '农村土地承包经营权确认', 'CONFIRMATION', 'AGRICULTURE'),
  matter('JT-CF-001', '未取得道路运输许可从事经营的处罚', 'PENALTY', 'TRANSPORT'),
  matter('JT-JC-001', '道路货物运输检查', 'INSPECTION', 'TRANSPORT'),
  matter('JT-ZS-001', '公路损坏补偿费征收', 'LEVY', 'TRANSPORT'),
  matter('YJ-CF-001', '未开展安全生产教育培训的处罚', 'PENALTY', 'EMERGENCY_MANAGEMENT'),
  matter('YJ-JC-001', '安全生产检查', 'INSPECTION', 'EMERGENCY_MANAGEMENT'),
  matter('YJ-JF-001', '受灾人员应急救助', 'PAYMENT', 'EMERGENCY_MANAGEMENT'),
  matter('WH-CF-001', '擅自举办营业性演出的处罚', 'PENALTY', 'CULTURE_MARKET'),
  matter('WH-JC-001', '文化市场检查', 'INSPECTION', 'CULTURE_MARKET'),
  matter('WS-CF-001', '公共场所卫生违法的处罚', 'PENALTY', 'HEALTH'),
  matter('WS-JC-001', '公共场所卫生检查', 'INSPECTION', 'HEALTH'),
  matter('WS-QZ-001', '封存可能传播疾病的物品', 'COERCIVE_MEASURE', 'HEALTH'),
];

export interface PowerPlan {
  readonly body: BodyKey;
  readonly matters: readonly string[];
  readonly area: string;
  readonly basis: readonly [title: string, article: string, rank: BasisRank];
  readonly from: string;
  /** Days from today; open where left out. */
  readonly endsIn?: number;
  /** The end was entered later: so many days from today the open row gave way to one with an end. */
  readonly endedBy?: number;
}

const HENAN_STREETS = ['河南省人民政府关于赋予乡镇街道部分县级行政执法权限的决定', '附件第3项', 'RULE'] as const;

export const POWERS: readonly PowerPlan[] = [
  {
    body: 'urban',
    matters: ['CG-CF-001', 'CG-JC-001', 'CG-XK-001'],
    area: '410102',
    basis: ['城市市容和环境卫生管理条例', '第三十四条', 'ADMINISTRATIVE_REGULATION'],
    from: '2019-05-01',
  },
  {
    body: 'urban',
    matters: ['CG-CF-002', 'CG-JC-002'],
    area: '410102',
    basis: ['郑州市建筑垃圾管理条例', '第四十一条', 'LOCAL_REGULATION'],
    from: '2019-05-01',
  },
  {
    body: 'urban',
    matters: ['CG-QZ-001', 'CG-ZX-001'],
    area: '410102',
    basis: ['中华人民共和国行政强制法', '第十七条、第四十四条', 'LAW'],
    from: '2019-05-01',
  },
  {
    body: 'urban',
    matters: ['CG-SF-001'],
    area: '410102',
    basis: ['城市道路管理条例', '第三十七条', 'ADMINISTRATIVE_REGULATION'],
    from: '2019-05-01',
    endsIn: -30,
    endedBy: -45,
  },
  {
    body: 'market',
    matters: ['SC-CF-001', 'SC-JC-001', 'SC-QZ-001', 'SC-XK-001'],
    area: '410102',
    basis: ['中华人民共和国食品安全法', '第一百一十条、第一百二十二条', 'LAW'],
    from: '2019-03-20',
  },
  {
    body: 'market',
    matters: ['SC-CJ-001'],
    area: '410102',
    basis: ['中华人民共和国计量法', '第二十一条', 'LAW'],
    from: '2019-03-20',
  },
  {
    body: 'agriculture',
    matters: ['NY-CF-001', 'NY-JC-001', 'NY-QR-001'],
    area: '410102',
    basis: ['中华人民共和国农产品质量安全法', '第五十三条', 'LAW'],
    from: '2019-06-01',
  },
  {
    body: 'transport',
    matters: ['JT-CF-001', 'JT-JC-001'],
    area: '410102',
    basis: ['中华人民共和国道路运输条例', '第六十三条', 'ADMINISTRATIVE_REGULATION'],
    from: '2019-06-01',
  },
  // The road lies in the neighbouring district.
  {
    body: 'transport',
    matters: ['JT-ZS-001'],
    area: '410103',
    basis: ['中华人民共和国公路法', '第八十五条', 'LAW'],
    from: '2021-01-01',
  },
  {
    body: 'emergency',
    matters: ['YJ-CF-001', 'YJ-JC-001', 'YJ-JF-001'],
    area: '410102',
    basis: ['中华人民共和国安全生产法', '第六十五条、第九十七条', 'LAW'],
    from: '2019-04-01',
  },
  {
    body: 'culture',
    matters: ['WH-JC-001'],
    area: '410102',
    basis: ['营业性演出管理条例', '第三十五条', 'ADMINISTRATIVE_REGULATION'],
    from: '2019-06-01',
  },
  {
    body: 'culture',
    matters: ['WH-CF-001'],
    area: '410102',
    basis: ['营业性演出管理条例', '第四十三条', 'ADMINISTRATIVE_REGULATION'],
    from: '2019-06-01',
    endsIn: -60,
  },
  {
    body: 'mianfang',
    matters: ['CG-CF-001', 'CG-JC-001'],
    area: '410102003',
    basis: HENAN_STREETS,
    from: '2022-01-01',
  },
  { body: 'linshan', matters: ['CG-CF-001', 'CG-JC-001'], area: '410102001', basis: HENAN_STREETS, from: '2022-01-01' },
  {
    body: 'health',
    matters: ['WS-CF-001', 'WS-JC-001'],
    area: '410102',
    basis: ['公共场所卫生管理条例', '第十条', 'ADMINISTRATIVE_REGULATION'],
    from: '2019-06-01',
  },
  // Too low a basis for a coercive measure of an authorised organisation (BR-11).
  {
    body: 'health',
    matters: ['WS-QZ-001'],
    area: '410102',
    basis: ['河南省公共卫生条例', '第二十二条', 'LOCAL_REGULATION'],
    from: '2021-06-01',
  },
  {
    body: 'cultureSquad',
    matters: ['WH-JC-001', 'WH-CF-001'],
    area: '410102',
    basis: ['娱乐场所管理条例', '第三十二条', 'ADMINISTRATIVE_REGULATION'],
    from: '2020-01-01',
  },
];
