import { NotificationOutlined } from '@ant-design/icons';
import type { Room } from '../../app/room';
import { words } from '../../shared/i18n/dictionary';

const title = words('人员公示', 'Publication');
const needs = ['business.read'] as const;

export const room: Room = {
  name: 'publication',
  routes: [
    { path: '/publications', lazy: () => import('./publications-page'), handle: { title, needs } },
    {
      path: '/publications/:id',
      lazy: () => import('./publication-page'),
      handle: { title, needs, parent: { path: '/publications', title } },
    },
  ],
  menu: [
    { path: '/publications', label: title, icon: <NotificationOutlined />, group: 'certificates', order: 50, needs },
  ],
};
