import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { api, body, type View } from '../../shared/api/client';
import type { Import } from './kinds';

/**
 * What the commit would lead to, decided by its own code; anew with every version of the import. Not one of the answers that a
 * change throws away: until the import is read again it may be at work, and would only say so.
 */
export const useConsequences = ({ id, version }: Import): UseQueryResult<View<'ImportConsequencesView'>> =>
  useQuery({
    queryKey: ['import-consequences', id, version],
    queryFn: () => body(api.GET('/api/v1/imports/{id}/consequences', { params: { path: { id } } })),
  });
