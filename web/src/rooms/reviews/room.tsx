import { FileProtectOutlined } from '@ant-design/icons';
import type { Room } from '../../app/room';
import { words } from '../../shared/i18n/dictionary';

const title = words('年度审验', 'Annual review');
const needs = ['business.read'] as const;
const parent = { path: '/reviews', title };

export const room: Room = {
  name: 'reviews',
  routes: [
    { path: '/reviews', lazy: () => import('./years-page'), handle: { title, needs } },
    {
      path: '/reviews/:id',
      lazy: () => import('./year-page'),
      handle: { title: words('审验年度', 'Review year'), needs, parent },
    },
    {
      path: '/review-files/:id',
      lazy: () => import('./file-page'),
      handle: { title: words('审验档案', 'Review file'), needs, parent },
    },
  ],
  menu: [{ path: '/reviews', label: title, icon: <FileProtectOutlined />, group: 'certificates', order: 50, needs }],
};
