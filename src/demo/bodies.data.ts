import type { BasisRank, SubjectKind } from '../rules/duty-facts.js';

export type BodyKey =
  | 'government'
  | 'justice'
  | 'urban'
  | 'market'
  | 'agriculture'
  | 'transport'
  | 'emergency'
  | 'culture'
  | 'mianfang'
  | 'linshan'
  | 'health'
  | 'housing'
  | 'farmSquad'
  | 'roadCentre'
  | 'cultureSquad'
  | 'salt'
  | 'forest';

export interface BodyPlan {
  readonly key: BodyKey;
  readonly name: string;
  readonly kind: SubjectKind;
  readonly division: string;
  readonly parent: BodyKey | null;
  readonly basis: readonly [title: string, article: string, rank: BasisRank];
  /** 执法领域 of its people. */
  readonly domain: string;
  /** How many of the 480 officers are on its list. */
  readonly officers: number;
  /** CONFIRMED where left out. */
  readonly fate?: 'REGISTERED' | 'SUSPENDED' | 'ABOLISHED';
}

const LAW_19 = ['中华人民共和国行政处罚法', '第十九条', 'LAW'] as const;
const LAW_20 = ['中华人民共和国行政处罚法', '第二十条', 'LAW'] as const;
const LAW_24 = ['中华人民共和国行政处罚法', '第二十四条', 'LAW'] as const;

/** One district; everything in it is made up. The root comes first, a parent before its children. */
export const BODIES: readonly BodyPlan[] = [
  {
    key: 'government',
    name: '郑州市中原区人民政府',
    kind: 'ADMIN_ORGAN',
    division: '410102',
    parent: null,
    basis: ['中华人民共和国地方各级人民代表大会和地方各级人民政府组织法', '第六十二条', 'LAW'],
    domain: 'URBAN_MANAGEMENT',
    officers: 0,
  },
  {
    key: 'justice',
    name: '中原区司法局',
    kind: 'ADMIN_ORGAN',
    division: '410102',
    parent: 'government',
    basis: ['行政执法监督条例', '第六条', 'ADMINISTRATIVE_REGULATION'],
    domain: 'URBAN_MANAGEMENT',
    officers: 6,
  },
  {
    key: 'urban',
    name: '中原区城市管理局',
    kind: 'ADMIN_ORGAN',
    division: '410102',
    parent: 'government',
    basis: ['城市市容和环境卫生管理条例', '第四条', 'ADMINISTRATIVE_REGULATION'],
    domain: 'URBAN_MANAGEMENT',
    officers: 80,
  },
  {
    key: 'market',
    name: '中原区市场监督管理局',
    kind: 'ADMIN_ORGAN',
    division: '410102',
    parent: 'government',
    basis: ['中华人民共和国食品安全法', '第六条', 'LAW'],
    domain: 'MARKET_REGULATION',
    officers: 86,
  },
  {
    key: 'agriculture',
    name: '中原区农业农村局',
    kind: 'ADMIN_ORGAN',
    division: '410102',
    parent: 'government',
    basis: ['中华人民共和国农产品质量安全法', '第五条', 'LAW'],
    domain: 'AGRICULTURE',
    officers: 30,
  },
  {
    key: 'transport',
    name: '中原区交通运输局',
    kind: 'ADMIN_ORGAN',
    division: '410102',
    parent: 'government',
    basis: ['中华人民共和国道路运输条例', '第七条', 'ADMINISTRATIVE_REGULATION'],
    domain: 'TRANSPORT',
    officers: 40,
  },
  {
    key: 'emergency',
    name: '中原区应急管理局',
    kind: 'ADMIN_ORGAN',
    division: '410102',
    parent: 'government',
    basis: ['中华人民共和国安全生产法', '第十条', 'LAW'],
    domain: 'EMERGENCY_MANAGEMENT',
    officers: 30,
  },
  {
    key: 'culture',
    name: '中原区文化旅游体育局',
    kind: 'ADMIN_ORGAN',
    division: '410102',
    parent: 'government',
    basis: ['营业性演出管理条例', '第五条', 'ADMINISTRATIVE_REGULATION'],
    domain: 'CULTURE_MARKET',
    officers: 22,
  },
  {
    key: 'mianfang',
    name: '棉纺路街道办事处',
    kind: 'DISPATCHED_ORGAN',
    division: '410102003',
    parent: 'government',
    basis: LAW_24,
    domain: 'URBAN_MANAGEMENT',
    officers: 34,
  },
  {
    key: 'linshan',
    name: '林山寨街道办事处',
    kind: 'DISPATCHED_ORGAN',
    division: '410102001',
    parent: 'government',
    basis: LAW_24,
    domain: 'URBAN_MANAGEMENT',
    officers: 34,
  },
  {
    key: 'health',
    name: '中原区卫生计生监督所',
    kind: 'AUTHORIZED_ORG',
    division: '410102',
    parent: 'government',
    basis: LAW_19,
    domain: 'HEALTH',
    officers: 30,
  },
  {
    key: 'housing',
    name: '中原区住房保障中心',
    kind: 'DELEGATED_ORGAN',
    division: '410102',
    parent: 'government',
    basis: LAW_20,
    domain: 'URBAN_MANAGEMENT',
    officers: 20,
  },
  {
    key: 'farmSquad',
    name: '中原区农业综合行政执法大队',
    kind: 'DELEGATED_ORG',
    division: '410102',
    parent: 'agriculture',
    basis: LAW_20,
    domain: 'AGRICULTURE',
    officers: 30,
  },
  {
    key: 'roadCentre',
    name: '中原区道路运输服务中心',
    kind: 'DELEGATED_ORG',
    division: '410102',
    parent: 'transport',
    basis: LAW_20,
    domain: 'TRANSPORT',
    officers: 26,
  },
  {
    key: 'cultureSquad',
    name: '中原区文化市场综合行政执法大队',
    kind: 'AUTHORIZED_ORG',
    division: '410102',
    parent: 'culture',
    basis: LAW_19,
    domain: 'CULTURE_MARKET',
    officers: 12,
    fate: 'SUSPENDED',
  },
  {
    key: 'salt',
    name: '中原区盐业管理办公室',
    kind: 'AUTHORIZED_ORG',
    division: '410102',
    parent: 'government',
    basis: LAW_19,
    domain: 'MARKET_REGULATION',
    officers: 0,
    fate: 'ABOLISHED',
  },
  {
    key: 'forest',
    name: '中原区森林资源保护中心',
    kind: 'DELEGATED_ORG',
    division: '410102',
    parent: 'agriculture',
    basis: LAW_20,
    domain: 'FORESTRY',
    officers: 0,
    fate: 'REGISTERED',
  },
];

/** Days from today: 文化市场 squad suspended, salt office abolished. */
export const CULTURE_SQUAD_SUSPENDED = -38;
export const SALT_ABOLISHED = -140;
