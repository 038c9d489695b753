import { CalendarOutlined } from '@ant-design/icons';
import type { Room } from '../../app/room';
import { words } from '../../shared/i18n/dictionary';

const title = words('节假日安排', 'Holidays');
const needs = ['setting.read'] as const;

export const room: Room = {
  name: 'calendar',
  routes: [{ path: '/calendar', lazy: () => import('./calendar-page'), handle: { title, needs } }],
  menu: [{ path: '/calendar', label: title, icon: <CalendarOutlined />, group: 'management', order: 25, needs }],
};
