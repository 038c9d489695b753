import { createBrowserRouter, type RouteObject } from 'react-router';
import { rooms } from './rooms';
import { PageError } from './shell/page-error';
import { NotFound } from './shell/not-found';
import { Shell } from './shell/shell';
import { Root } from './shell/root';
import { PageSkeleton } from '../shared/components/page-skeleton';

export const createRouter = (): ReturnType<typeof createBrowserRouter> =>
  createBrowserRouter([
    {
      element: <Root />,
      errorElement: <PageError />,
      hydrateFallbackElement: <PageSkeleton />,
      children: [
        ...rooms.flatMap(({ publicRoutes }) => (publicRoutes ?? []) as RouteObject[]),
        {
          element: <Shell />,
          children: [
            {
              // The menu stays where it is when a page breaks.
              errorElement: <PageError />,
              children: [
                ...rooms.flatMap(({ routes }) => (routes ?? []) as RouteObject[]),
                { path: '*', element: <NotFound /> },
              ],
            },
          ],
        },
      ],
    },
  ]);
