import { AuditOutlined, IdcardOutlined } from '@ant-design/icons';
import type { Room } from '../../app/room';
import { words } from '../../shared/i18n/dictionary';

const desk = words('发证审核', 'Applications');
const ledger = words('证件台账', 'Certificates');
const toDesk = { path: '/applications', title: desk };
const toLedger = { path: '/certificates', title: ledger };

export const room: Room = {
  name: 'certificates',
  routes: [
    { path: '/applications', lazy: () => import('./desk-page'), handle: { title: desk, needs: ['business.read'] } },
    {
      path: '/applications/new',
      lazy: () => import('./apply-page'),
      handle: { title: words('申领证件', 'Apply for certificates'), needs: ['application.submit'], parent: toDesk },
    },
    {
      path: '/applications/:id',
      lazy: () => import('./application-page'),
      handle: { title: words('申请', 'Application'), needs: ['business.read'], parent: toDesk },
    },
    {
      path: '/certificate-batches/:id',
      lazy: () => import('./batch-page'),
      handle: { title: words('制证批次', 'Batch'), needs: ['business.read'], parent: toDesk },
    },
    { path: '/certificates', lazy: () => import('./ledger-page'), handle: { title: ledger, needs: ['business.read'] } },
    {
      path: '/certificates/:id',
      lazy: () => import('./certificate-page'),
      handle: { title: words('证件', 'Certificate'), needs: ['business.read', 'own.read'], parent: toLedger },
    },
  ],
  menu: [
    {
      path: '/applications',
      label: desk,
      icon: <AuditOutlined />,
      group: 'certificates',
      order: 10,
      needs: ['business.read'],
      letter: 'a',
    },
    {
      path: '/certificates',
      label: ledger,
      icon: <IdcardOutlined />,
      group: 'certificates',
      order: 20,
      needs: ['business.read'],
      letter: 'c',
    },
  ],
};
