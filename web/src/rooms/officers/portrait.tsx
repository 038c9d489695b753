import { UserOutlined } from '@ant-design/icons';
import { useState, type ReactNode } from 'react';

/** The portrait of an officer, or a drawing where there is none. */
export function Portrait({ officerId, name }: { officerId: string; name: string }): ReactNode {
  const [missing, setMissing] = useState(false);
  return (
    <div className="portrait">
      {missing ? (
        <UserOutlined aria-hidden="true" />
      ) : (
        <img src={`/api/v1/officers/${officerId}/photo`} alt={name} onError={() => setMissing(true)} />
      )}
    </div>
  );
}
