import { UserOutlined } from '@ant-design/icons';
import { useState, type ReactNode } from 'react';
import type { View } from '../../shared/api/client';

/** The portrait of an officer, or a drawing where there is none. */
export function Portrait({ of: { id, name, hasPhoto } }: { of: View<'OfficerView'> }): ReactNode {
  const [missing, setMissing] = useState(!hasPhoto);
  return (
    <div className="portrait">
      {missing ? (
        <UserOutlined aria-hidden="true" />
      ) : (
        <img src={`/api/v1/officers/${id}/photo`} alt={name} onError={() => setMissing(true)} />
      )}
    </div>
  );
}
