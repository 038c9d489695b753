import { CheckSquareOutlined, HomeOutlined } from '@ant-design/icons';
import type { Room } from '../../app/room';
import { words } from '../../shared/i18n/dictionary';

const home = words('工作台', 'Workbench');
const todos = words('待办中心', 'To-do centre');

export const room: Room = {
  name: 'workbench',
  routes: [
    { path: '/', lazy: () => import('./workbench-page'), handle: { title: home } },
    { path: '/todos', lazy: () => import('./todos-page'), handle: { title: todos } },
  ],
  menu: [
    { path: '/', label: home, icon: <HomeOutlined />, group: 'desk', order: 10, letter: 'h', phone: 1 },
    {
      path: '/todos',
      label: words('待办', 'To-dos'),
      icon: <CheckSquareOutlined />,
      group: 'desk',
      order: 20,
      letter: 'd',
      phone: 3,
    },
  ],
};
