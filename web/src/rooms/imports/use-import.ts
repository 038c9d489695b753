import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { api, body } from '../../shared/api/client';
import { useLiveEvents } from '../../shared/api/live';
import { RUNNING, type Import, type Summary } from './kinds';

/**
 * One import, kept up to date while the server works on it: by its events, where they do not come through by asking. Everything
 * comes from the server, so that a reload goes on where it was.
 */
export function useImport(id: string): UseQueryResult<Import> {
  const client = useQueryClient();
  const queryKey = ['imports', 'one', id];
  const found = useQuery({
    queryKey,
    queryFn: () => body(api.GET('/api/v1/imports/{id}', { params: { path: { id } } })),
  });
  const running = found.data !== undefined && RUNNING.includes(found.data.status);
  useLiveEvents(running ? `/api/v1/imports/${id}/events` : null, {
    events: ['progress'],
    pollMs: 2000,
    onEvent: (data) => {
      const told = data as Partial<Summary>;
      const known = client.getQueryData<Import>(queryKey);
      // Another phase: causes, mapping and rows are new as well.
      if (known && told.status === known.status) client.setQueryData<Import>(queryKey, { ...known, ...told });
      else void client.invalidateQueries({ queryKey: ['imports'] });
    },
    onPoll: () => void client.invalidateQueries({ queryKey }),
  });
  return found;
}
