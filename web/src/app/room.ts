import type { ReactNode } from 'react';
import type { RouteObject } from 'react-router';
import type { Words } from '../shared/i18n/dictionary';
import type { Permission, Role } from '../shared/api/permissions';

/** Where an entry stands in the menu. */
export type MenuGroup = 'desk' | 'qualification' | 'certificates' | 'duty' | 'management';

export interface MenuEntry {
  readonly path: string;
  readonly label: Words;
  readonly icon: ReactNode;
  readonly group: MenuGroup;
  /** Within its group, smallest first. */
  readonly order: number;
  /** One of them is enough; none means everybody who is signed in. */
  readonly needs?: readonly Permission[];
  /** Only for these roles, where the permission alone says too little. */
  readonly roles?: readonly Role[];
  /** `g` and then this letter goes there. */
  readonly letter?: string;
  /** In the bottom bar of phones, in this order. */
  readonly phone?: number;
}

/** What a route says about itself, for the breadcrumb, the title of the window and the permission. */
export interface PageHandle {
  readonly title: Words;
  readonly needs?: readonly Permission[];
  /** Address of the page above, for the breadcrumb. */
  readonly parent?: { readonly path: string; readonly title: Words };
}

export type PageRoute = RouteObject & { readonly handle?: PageHandle };

/** The pages of one room. `rooms/<name>/room.tsx` exports it as `room`; nothing else has to be changed to add one. */
export interface Room {
  /** As the server calls it. */
  readonly name: string;
  /** Below the shell. Pages are loaded lazily: `lazy: () => import('./officers-page')`, which exports `Component`. */
  readonly routes?: readonly PageRoute[];
  /** Without the shell and without signing in. */
  readonly publicRoutes?: readonly PageRoute[];
  readonly menu?: readonly MenuEntry[];
}
