import { IdcardOutlined } from '@ant-design/icons';
import type { Room } from '../../app/room';
import { words } from '../../shared/i18n/dictionary';

const title = words('我的证件', 'My certificate');
const needs = ['own.read'] as const;

export const room: Room = {
  name: 'own',
  routes: [{ path: '/me', lazy: () => import('./own-page'), handle: { title, needs } }],
  menu: [
    {
      path: '/me',
      label: words('我的', 'Mine'),
      icon: <IdcardOutlined />,
      group: 'desk',
      order: 30,
      needs,
      letter: 'm',
      phone: 4,
    },
  ],
};
