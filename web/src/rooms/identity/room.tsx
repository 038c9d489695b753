import { ControlOutlined, TeamOutlined } from '@ant-design/icons';
import type { Room } from '../../app/room';
import { words } from '../../shared/i18n/dictionary';

const accounts = words('账号与角色', 'Accounts and roles');
const settings = words('参数设置', 'Settings');

export const room: Room = {
  name: 'identity',
  publicRoutes: [
    { path: '/sign-in', lazy: () => import('./sign-in/sign-in-page'), handle: { title: words('登录', 'Sign in') } },
    {
      path: '/change-password',
      lazy: () => import('./sign-in/change-password-page'),
      handle: { title: words('修改密码', 'Change password') },
    },
  ],
  routes: [
    {
      path: '/accounts',
      lazy: () => import('./accounts/accounts-page'),
      handle: { title: accounts, needs: ['account.write', 'role.write'] },
    },
    {
      path: '/settings',
      lazy: () => import('./settings/settings-page'),
      handle: { title: settings, needs: ['setting.read'] },
    },
    {
      path: '/settings/:key',
      lazy: () => import('./settings/setting-page'),
      handle: { title: settings, needs: ['setting.read'], parent: { path: '/settings', title: settings } },
    },
  ],
  menu: [
    {
      path: '/accounts',
      label: accounts,
      icon: <TeamOutlined />,
      group: 'management',
      order: 10,
      needs: ['account.write', 'role.write'],
      letter: 'u',
    },
    {
      path: '/settings',
      label: settings,
      icon: <ControlOutlined />,
      group: 'management',
      order: 20,
      needs: ['setting.read'],
      letter: 'n',
    },
  ],
};
