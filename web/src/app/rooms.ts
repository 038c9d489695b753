import type { MenuEntry, Room } from './room';

const modules = import.meta.glob<{ readonly room: Room }>('../rooms/*/room.tsx', { eager: true });

export const rooms: readonly Room[] = Object.values(modules).map(({ room }) => room);

export const menuEntries: readonly MenuEntry[] = rooms
  .flatMap(({ menu }) => menu ?? [])
  .toSorted((a, b) => a.order - b.order);
