import { HomeOutlined } from '@ant-design/icons';
import type { Room } from '../../app/room';
import { words } from '../../shared/i18n/dictionary';

const title = words('工作台', 'Workbench');

export const room: Room = {
  name: 'workbench',
  routes: [{ path: '/', lazy: () => import('./workbench-page'), handle: { title } }],
  menu: [{ path: '/', label: title, icon: <HomeOutlined />, group: 'desk', order: 10, letter: 'h', phone: 1 }],
};
