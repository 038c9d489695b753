import type { Room } from '../../app/room';
import { words } from '../../shared/i18n/dictionary';

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
};
