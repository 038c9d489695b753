import { ContainerOutlined } from '@ant-design/icons';
import type { Room } from '../../app/room';
import { words } from '../../shared/i18n/dictionary';

const title = words('证件保管', 'Card custody');
const needs = ['business.read'] as const;
const parent = { path: '/cards', title };

export const room: Room = {
  name: 'custody',
  routes: [
    { path: '/cards', lazy: () => import('./cards-page'), handle: { title, needs } },
    {
      path: '/cards/:id',
      lazy: () => import('./card-page'),
      handle: { title: words('证件去向', 'Where the card is'), needs, parent },
    },
    {
      path: '/card-cases/:id',
      lazy: () => import('./case-page'),
      handle: { title: words('收缴事项', 'Card case'), needs, parent },
    },
    {
      path: '/card-destructions/:id',
      lazy: () => import('./destruction-page'),
      handle: { title: words('销毁清单', 'Destruction list'), needs, parent },
    },
  ],
  menu: [{ path: '/cards', label: title, icon: <ContainerOutlined />, group: 'certificates', order: 40, needs }],
};
