import type { BodyKey } from './bodies.data.js';

export interface DeploymentPlan {
  readonly title: string;
  readonly body: BodyKey;
  readonly matter: string;
  readonly division: string;
  /** How many of its people, from which place of the list of those who may be sent. */
  readonly team: readonly [first: number, size: number];
  /** In days from today; null: it runs now. */
  readonly on: number | null;
  readonly end: 'PLANNED' | 'ACTIVE' | 'COMPLETED' | 'CANCELLED';
}

const plan = (
  title: string,
  body: BodyKey,
  matter: string,
  division: string,
  team: readonly [number, number],
  on: number | null,
  end: DeploymentPlan['end'],
): DeploymentPlan => ({ title, body, matter, division, team, on, end });

const DISTRICT = '410102';

export const DEPLOYMENTS: readonly DeploymentPlan[] = [
  plan('建设路夜市占道经营整治', 'urban', 'CG-CF-001', DISTRICT, [0, 4], -44, 'COMPLETED'),
  plan('农贸市场食品安全检查', 'market', 'SC-JC-001', DISTRICT, [0, 3], -36, 'COMPLETED'),
  plan('大棚蔬菜农药残留检查', 'farmSquad', 'NY-JC-001', DISTRICT, [0, 2], -28, 'COMPLETED'),
  plan('货运场站检查', 'roadCentre', 'JT-JC-001', DISTRICT, [0, 2], -19, 'COMPLETED'),
  plan('美容美发场所卫生检查', 'health', 'WS-JC-001', DISTRICT, [0, 3], -9, 'COMPLETED'),
  plan('工地扬尘与渣土运输检查', 'housing', 'CG-JC-002', DISTRICT, [0, 2], -6, 'COMPLETED'),
  plan('节前市场检查（因天气取消）', 'market', 'SC-JC-001', DISTRICT, [3, 3], -15, 'CANCELLED'),
  plan('企业安全生产抽查（并入专项行动）', 'emergency', 'YJ-JC-001', DISTRICT, [0, 2], 2, 'CANCELLED'),
  plan('早市秩序巡查', 'urban', 'CG-JC-001', DISTRICT, [4, 3], null, 'ACTIVE'),
  plan('校园周边食品检查', 'market', 'SC-JC-001', DISTRICT, [6, 4], null, 'ACTIVE'),
  plan('超限超载联合检查', 'roadCentre', 'JT-JC-001', DISTRICT, [2, 3], null, 'ACTIVE'),
  plan('棉纺路沿街商户检查', 'mianfang', 'CG-JC-001', '410102003', [0, 2], null, 'ACTIVE'),
  plan('广场周边占道经营处罚', 'urban', 'CG-CF-001', DISTRICT, [7, 3], 1, 'PLANNED'),
  plan('冷链食品专项检查', 'market', 'SC-JC-001', DISTRICT, [10, 5], 3, 'PLANNED'),
  plan('农资门店检查', 'farmSquad', 'NY-JC-001', DISTRICT, [2, 3], 4, 'PLANNED'),
  plan('林山寨市容检查', 'linshan', 'CG-JC-001', '410102001', [0, 3], 5, 'PLANNED'),
  plan('游泳场所卫生检查', 'health', 'WS-JC-001', DISTRICT, [3, 2], 6, 'PLANNED'),
  plan('夜间渣土运输检查', 'housing', 'CG-JC-002', DISTRICT, [2, 2], 7, 'PLANNED'),
  plan('危险化学品企业检查', 'emergency', 'YJ-JC-001', DISTRICT, [2, 3], 9, 'PLANNED'),
];
