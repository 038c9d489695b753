import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { createContext, use, type ReactNode } from 'react';
import { api, body, type View } from './client';
import { ApiProblem } from './problem';
import type { Permission, Role } from './permissions';

export type Me = View<'MeView'>;

const ME = ['me'] as const;

/** Whether this browser has a session to ask about: spares a question whose answer is known. The cookie itself is unreadable. */
const KNOWN = 'chizheng.signed-in';
const known = {
  get: (): boolean => {
    try {
      return localStorage.getItem(KNOWN) === '1';
    } catch {
      return true;
    }
  },
  set: (signedIn: boolean): void => {
    try {
      if (signedIn) localStorage.setItem(KNOWN, '1');
      else localStorage.removeItem(KNOWN);
    } catch {
      // Asked every time, then.
    }
  },
};

const Who = createContext<Me | null>(null);

/** Gives the pages below it who is signed in. */
export const SignedInAs = ({ me, children }: { me: Me; children: ReactNode }): ReactNode => (
  <Who value={me}>{children}</Who>
);

/** Who is signed in. Only below the shell, where somebody is. */
export function useMe(): Me {
  const me = use(Who);
  if (!me) throw new Error('useMe is for pages behind the sign-in');
  return me;
}

/** May the person do this? One of several permissions is enough. The server decides; this only spares useless buttons. */
export function useMay(...needs: readonly Permission[]): boolean {
  const { permissions } = useMe();
  return needs.length === 0 || needs.some((need) => permissions.includes(need));
}

export const useHasRole = (role: Role): boolean => useMe().roles.includes(role);

/** Asks the server who is signed in: null when nobody is. */
export function useSession(): { me: Me | null | undefined; error: unknown; retry: () => void } {
  const query = useQuery({
    queryKey: ME,
    queryFn: async () => {
      if (!known.get()) return null;
      try {
        return await body(api.GET('/api/v1/auth/me'));
      } catch (error) {
        if (error instanceof ApiProblem && error.status === 401) {
          known.set(false);
          return null;
        }
        throw error;
      }
    },
    staleTime: 5 * 60_000,
  });
  return { me: query.data, error: query.error, retry: () => void query.refetch() };
}

/** Whoever looks at the answer of «who am I» goes on looking: that one is changed, not thrown away with the rest. */
function forgetFor(client: QueryClient, me: Me | null): void {
  client.setQueryData(ME, me);
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== ME[0] });
  client.getMutationCache().clear();
}

/** Changes of who is signed in: everything that was read for somebody else is forgotten. */
export function useSessionChange(): { began: (me: Me) => void; ended: () => void } {
  const client = useQueryClient();
  return {
    began: (me) => {
      known.set(true);
      forgetFor(client, me);
    },
    ended: () => {
      known.set(false);
      forgetFor(client, null);
    },
  };
}

export { ME as ME_KEY };
