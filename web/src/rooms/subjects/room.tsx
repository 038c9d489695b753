import { ApartmentOutlined, AuditOutlined } from '@ant-design/icons';
import type { Room } from '../../app/room';
import { words } from '../../shared/i18n/dictionary';

const bodies = words('执法主体', 'Enforcement bodies');
const delegations = words('行政委托', 'Delegations');
const above = { path: '/subjects', title: bodies };

export const room: Room = {
  name: 'subjects',
  routes: [
    {
      path: '/subjects',
      lazy: () => import('./bodies/subjects-page'),
      handle: { title: bodies, needs: ['business.read'] },
    },
    {
      path: '/subjects/new',
      lazy: () => import('./bodies/register-page'),
      handle: { title: words('登记执法主体', 'Register a body'), needs: ['subject.write'], parent: above },
    },
    {
      path: '/subjects/:id',
      lazy: () => import('./bodies/subject-page'),
      handle: { title: bodies, needs: ['business.read'], parent: above },
    },
    {
      path: '/matters',
      lazy: () => import('./matters/matters-page'),
      handle: { title: words('执法事项', 'Matters'), needs: ['business.read'], parent: above },
    },
    {
      path: '/delegations',
      lazy: () => import('./delegations/delegations-page'),
      handle: { title: delegations, needs: ['business.read'] },
    },
    {
      path: '/delegations/new',
      lazy: () => import('./delegations/draft-page'),
      handle: {
        title: words('登记委托书', 'New delegation'),
        needs: ['subject.write'],
        parent: { path: '/delegations', title: delegations },
      },
    },
    {
      path: '/delegations/:id',
      lazy: () => import('./delegations/delegation-page'),
      handle: {
        title: delegations,
        needs: ['business.read'],
        parent: { path: '/delegations', title: delegations },
      },
    },
  ],
  menu: [
    {
      path: '/subjects',
      label: bodies,
      icon: <ApartmentOutlined />,
      group: 'qualification',
      order: 10,
      needs: ['business.read'],
      letter: 's',
    },
    {
      path: '/delegations',
      label: delegations,
      icon: <AuditOutlined />,
      group: 'qualification',
      order: 15,
      needs: ['business.read'],
    },
  ],
};
