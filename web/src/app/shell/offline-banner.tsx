import { Alert, Button } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, type ReactNode } from 'react';
import { useConnection } from '../../shared/api/connection';
import { useTexts } from '../../shared/i18n/dictionary';
import { timeText } from '../../shared/lib/dates';
import { shellTexts } from '../texts';

/** Says that the server is out of reach, since when, and looks by itself whether it is back. */
export function OfflineBanner(): ReactNode {
  const t = useTexts(shellTexts);
  const { online, lastReachedAt } = useConnection();
  const client = useQueryClient();
  useEffect(() => {
    if (online) return undefined;
    const again = (): void => void client.refetchQueries({ type: 'active' });
    const timer = setInterval(again, 10_000);
    window.addEventListener('online', again);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', again);
    };
  }, [online, client]);
  if (online) return null;
  return (
    <Alert
      banner
      type="warning"
      role="alert"
      title={t.offline}
      description={lastReachedAt === null ? undefined : t.offlineSince(timeText(lastReachedAt))}
      action={
        <Button size="small" onClick={() => void client.refetchQueries({ type: 'active' })}>
          {t.retry}
        </Button>
      }
    />
  );
}
