import type { ReactNode } from 'react';
import { Outlet, ScrollRestoration, useNavigation } from 'react-router';

/** Around all pages, signed in or not: a line at the top while the next page is loaded, and the place on the page one left. */
export function Root(): ReactNode {
  const { state } = useNavigation();
  return (
    <>
      <div className={state === 'loading' ? 'route-progress active' : 'route-progress'} aria-hidden="true" />
      <Outlet />
      <ScrollRestoration />
    </>
  );
}
