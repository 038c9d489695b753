import { Watermark } from 'antd';
import type { ReactNode } from 'react';
import { useMe } from '../api/session';
import { today } from '../lib/dates';

/** Over lists with personal data: who looks, and when. */
export function PersonalData({ children }: { children: ReactNode }): ReactNode {
  const { displayName, username } = useMe();
  return (
    <Watermark
      content={[`${displayName} ${username.slice(-4)}`, today()]}
      font={{ fontSize: 14, color: 'rgba(18, 58, 107, 0.06)' }}
      gap={[120, 100]}
      // Hidden overflow would make this box what the sticky head of a table sticks to: it would cover the first row.
      style={{ overflow: 'clip' }}
    >
      {children}
    </Watermark>
  );
}
