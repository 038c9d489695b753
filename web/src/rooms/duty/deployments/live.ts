import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useLiveEvents } from '../../../shared/api/live';
import { useTexts } from '../../../shared/i18n/dictionary';
import { texts } from '../texts';

interface Change {
  readonly id: string;
  readonly title: string;
  readonly status: string;
}

const isChange = (data: unknown): data is Change =>
  typeof data === 'object' && data !== null && 'id' in data && 'status' in data && 'title' in data;

/** Keeps what the page shows of deployments as the server has it, and says aloud when one is recalled. */
export function useLiveDeployments(): void {
  const t = useTexts(texts);
  const client = useQueryClient();
  const { notification } = App.useApp();
  const readAnew = (): void => void client.invalidateQueries({ queryKey: ['duty', 'deployments'] });
  useLiveEvents('/api/v1/duty/deployments/events', {
    events: ['ready', 'deployment'],
    pollMs: 4000,
    onPoll: readAnew,
    onEvent: (data, type) => {
      if (type === 'ready') return;
      readAnew();
      if (isChange(data) && data.status === 'RECALLED') {
        notification.error({
          key: data.id,
          title: t.deployments.recalledNotice(data.title),
          duration: 0,
          role: 'alert',
          placement: 'top',
        });
      }
    },
  });
}
