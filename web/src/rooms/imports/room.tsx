import { ImportOutlined } from '@ant-design/icons';
import type { Room } from '../../app/room';
import type { Permission } from '../../shared/api/permissions';
import { words } from '../../shared/i18n/dictionary';

const centre = words('导入中心', 'Imports');
const needs: readonly Permission[] = [
  'import.officer-roster',
  'import.training-hours',
  'import.exam-results',
  'import.certificates',
];
const parent = { path: '/imports', title: centre };

export const room: Room = {
  name: 'imports',
  routes: [
    { path: '/imports', lazy: () => import('./imports-page'), handle: { title: centre, needs } },
    {
      path: '/imports/new',
      lazy: () => import('./new-import-page'),
      handle: { title: words('导入文件', 'Import a file'), needs, parent },
    },
    {
      path: '/imports/:id',
      lazy: () => import('./import-page'),
      handle: { title: words('导入批次', 'Import'), needs, parent },
    },
  ],
  menu: [
    {
      path: '/imports',
      label: centre,
      icon: <ImportOutlined />,
      group: 'qualification',
      order: 50,
      needs,
      letter: 'i',
    },
  ],
};
