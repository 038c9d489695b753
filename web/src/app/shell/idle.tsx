import { Modal } from 'antd';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { api, body } from '../../shared/api/client';
import { useTexts } from '../../shared/i18n/dictionary';
import { shellTexts } from '../texts';

const WARN_SECONDS = 60;
const ACTIVITY = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;

/** Signs out who left the desk: a dialog 60 s ahead with a way to go on. */
export function Idle({ minutes, onSignOut }: { minutes: number; onSignOut: () => void }): ReactNode {
  const t = useTexts(shellTexts);
  const last = useRef(0);
  const [left, setLeft] = useState<number | null>(null);
  const warned = left !== null;
  useEffect(() => {
    last.current = Date.now();
    const active = (): void => {
      last.current = Date.now();
    };
    if (!warned) for (const name of ACTIVITY) window.addEventListener(name, active, { passive: true });
    return () => {
      for (const name of ACTIVITY) window.removeEventListener(name, active);
    };
  }, [warned]);
  const since = useRef<number | null>(null);
  useEffect(() => {
    const timer = setInterval(() => {
      const from = since.current ?? last.current;
      const rest = Math.ceil((from + minutes * 60_000 - Date.now()) / 1000);
      if (rest <= 0) {
        onSignOut();
        return;
      }
      if (rest <= WARN_SECONDS) {
        since.current ??= last.current;
        setLeft(rest);
      }
    }, 1000);
    return () => clearInterval(timer);
  }, [minutes, onSignOut]);
  const goOn = (): void => {
    since.current = null;
    last.current = Date.now();
    setLeft(null);
    void body(api.GET('/api/v1/auth/me')).catch(() => undefined);
  };
  return (
    <Modal
      open={warned}
      title={t.idleTitle}
      okText={t.goOn}
      cancelText={t.signOut}
      onOk={goOn}
      onCancel={onSignOut}
      closable={false}
      mask={{ closable: false }}
    >
      <p role="alert">{t.idleHint(left ?? 0)}</p>
    </Modal>
  );
}
