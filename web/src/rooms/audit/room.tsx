import { FileSearchOutlined } from '@ant-design/icons';
import type { Room } from '../../app/room';
import { words } from '../../shared/i18n/dictionary';

const title = words('审计日志', 'Audit log');

export const room: Room = {
  name: 'audit',
  routes: [{ path: '/audit', lazy: () => import('./audit-page'), handle: { title, needs: ['audit.read'] } }],
  menu: [
    {
      path: '/audit',
      label: title,
      icon: <FileSearchOutlined />,
      group: 'management',
      order: 30,
      needs: ['audit.read'],
      letter: 'l',
      phone: 2,
    },
  ],
};
