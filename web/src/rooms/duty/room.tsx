import { SafetyCertificateOutlined, ScheduleOutlined } from '@ant-design/icons';
import type { Room } from '../../app/room';
import { words } from '../../shared/i18n/dictionary';

const check = words('队伍核验', 'Team check');
const checks = words('核验记录', 'Recorded checks');
const deployments = words('出动', 'Deployments');

export const room: Room = {
  name: 'duty',
  routes: [
    {
      path: '/duty/check',
      lazy: () => import('./check/team-check-page'),
      handle: { title: check, needs: ['duty.check'] },
    },
    {
      path: '/duty/checks',
      lazy: () => import('./check/checks-page'),
      handle: { title: checks, needs: ['business.read'], parent: { path: '/duty/check', title: check } },
    },
    {
      path: '/duty/checks/:id',
      lazy: () => import('./check/check-page'),
      handle: { title: checks, needs: ['business.read'], parent: { path: '/duty/checks', title: checks } },
    },
    {
      path: '/duty/deployments',
      lazy: () => import('./deployments/deployments-page'),
      handle: { title: deployments, needs: ['business.read'] },
    },
    {
      path: '/duty/deployments/:id',
      lazy: () => import('./deployments/deployment-page'),
      handle: {
        title: deployments,
        needs: ['business.read'],
        parent: { path: '/duty/deployments', title: deployments },
      },
    },
  ],
  menu: [
    {
      path: '/duty/check',
      label: check,
      icon: <SafetyCertificateOutlined />,
      group: 'duty',
      order: 10,
      needs: ['duty.check'],
      letter: 'v',
      phone: 2,
    },
    {
      path: '/duty/deployments',
      label: deployments,
      icon: <ScheduleOutlined />,
      group: 'duty',
      order: 20,
      needs: ['business.read'],
      letter: 'o',
    },
  ],
};
