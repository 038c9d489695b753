import { FormOutlined } from '@ant-design/icons';
import type { Room } from '../../app/room';
import { words } from '../../shared/i18n/dictionary';

const list = words('考试与成绩', 'Exams');

export const room: Room = {
  name: 'exams',
  routes: [
    { path: '/exams', lazy: () => import('./exams-page'), handle: { title: list, needs: ['business.read'] } },
    {
      path: '/exams/:id',
      lazy: () => import('./exam-page'),
      handle: { title: words('考试', 'Exam'), needs: ['business.read'], parent: { path: '/exams', title: list } },
    },
  ],
  menu: [
    {
      path: '/exams',
      label: list,
      icon: <FormOutlined />,
      group: 'qualification',
      order: 40,
      needs: ['business.read'],
      letter: 'e',
    },
  ],
};
