import { useCallback, type ReactNode } from 'react';
import { Navigate, Outlet, useLocation, useMatches } from 'react-router';
import { api } from '../../shared/api/client';
import { SignedInAs, useMe, useSession, useSessionChange, type Me } from '../../shared/api/session';
import { PageSkeleton } from '../../shared/components/page-skeleton';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { usePhone } from '../../shared/hooks/use-phone';
import { useTexts } from '../../shared/i18n/dictionary';
import type { MenuEntry, PageHandle } from '../room';
import { menuEntries } from '../rooms';
import { shellTexts } from '../texts';
import { BottomBar } from './bottom-bar';
import { Header } from './header';
import { Idle } from './idle';
import { Keyboard } from './keyboard';
import { NoPermission } from './no-permission';
import { OfflineBanner } from './offline-banner';
import { SideMenu } from './side-menu';

const mayOpen = (me: Me, { needs, roles }: Pick<MenuEntry, 'needs' | 'roles'>): boolean =>
  (needs === undefined || needs.some((need) => me.permissions.includes(need))) &&
  (roles === undefined || roles.some((role) => me.roles.includes(role)));

/** Everything behind the sign-in: whoever is not signed in is sent there, and comes back to the same address. */
export function Shell(): ReactNode {
  const { me, error, retry } = useSession();
  const location = useLocation();
  if (me === undefined) {
    return error === null ? (
      <PageSkeleton onRetry={retry} />
    ) : (
      <div className="lonely">
        <ProblemAlert error={error} onRetry={retry} />
      </div>
    );
  }
  const here = `${location.pathname}${location.search}`;
  if (me === null) {
    const back = here === '/' ? '' : `?return=${encodeURIComponent(here)}`;
    return <Navigate to={`/sign-in${back}`} replace />;
  }
  if (me.mustChangePassword) return <Navigate to="/change-password" replace state={{ first: true }} />;
  return (
    <SignedInAs me={me}>
      <Desk />
    </SignedInAs>
  );
}

function Desk(): ReactNode {
  const t = useTexts(shellTexts);
  const me = useMe();
  const phone = usePhone();
  const { ended } = useSessionChange();
  const entries = menuEntries.filter((entry) => mayOpen(me, entry));
  const signOut = useCallback(() => {
    void api
      .POST('/api/v1/auth/logout')
      .catch(() => undefined)
      .finally(ended);
  }, [ended]);
  const handle = useMatches().at(-1)?.handle as PageHandle | undefined;
  const allowed = handle?.needs === undefined || handle.needs.some((need) => me.permissions.includes(need));
  return (
    <div className="shell">
      <a className="skip-link" href="#content">
        {t.skip}
      </a>
      <Header onSignOut={signOut} />
      <OfflineBanner />
      <div className="shell-body">
        {!phone && <SideMenu entries={entries} />}
        <main id="content" className="content" tabIndex={-1}>
          {allowed ? <Outlet /> : <NoPermission />}
        </main>
      </div>
      {phone && <BottomBar entries={entries} />}
      <Keyboard entries={entries} />
      <Idle minutes={me.idleMinutes} onSignOut={signOut} />
    </div>
  );
}
