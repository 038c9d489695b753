import { ReadOutlined } from '@ant-design/icons';
import type { Room } from '../../app/room';
import { words } from '../../shared/i18n/dictionary';

const list = words('培训计划', 'Training');
const parent = { path: '/training', title: list };

export const room: Room = {
  name: 'training',
  routes: [
    { path: '/training', lazy: () => import('./training-page'), handle: { title: list, needs: ['business.read'] } },
    {
      path: '/training/:id',
      lazy: () => import('./plan-page'),
      handle: { title: words('培训计划', 'Training plan'), needs: ['business.read'], parent },
    },
    {
      path: '/training/classes/:id',
      lazy: () => import('./class-page'),
      handle: { title: words('培训班', 'Training class'), needs: ['business.read'], parent },
    },
  ],
  menu: [
    {
      path: '/training',
      label: list,
      icon: <ReadOutlined />,
      group: 'qualification',
      order: 30,
      needs: ['business.read'],
      letter: 't',
    },
  ],
};
