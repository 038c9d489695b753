import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { api, body, type View } from '../../shared/api/client';
import type { Import } from './kinds';

/** What the commit would lead to, decided by its own code; anew after every correction. */
export const useConsequences = ({ id, version }: Import): UseQueryResult<View<'ImportConsequencesView'>> =>
  useQuery({
    queryKey: ['imports', 'consequences', id, version],
    queryFn: () => body(api.GET('/api/v1/imports/{id}/consequences', { params: { path: { id } } })),
  });
