import { TeamOutlined } from '@ant-design/icons';
import type { Room } from '../../app/room';
import { words } from '../../shared/i18n/dictionary';

const list = words('人员库', 'Officers');
const parent = { path: '/officers', title: list };

export const room: Room = {
  name: 'officers',
  routes: [
    { path: '/officers', lazy: () => import('./officers-page'), handle: { title: list, needs: ['business.read'] } },
    {
      path: '/officers/new',
      lazy: () => import('./register-page'),
      handle: { title: words('登记人员', 'Register an officer'), needs: ['officer.write'], parent },
    },
    {
      path: '/officers/:id',
      lazy: () => import('./officer-page'),
      handle: { title: words('人员详情', 'Officer'), needs: ['business.read', 'own.read'], parent },
    },
  ],
  menu: [
    {
      path: '/officers',
      label: list,
      icon: <TeamOutlined />,
      group: 'qualification',
      order: 20,
      needs: ['business.read'],
      letter: 'p',
    },
  ],
};
