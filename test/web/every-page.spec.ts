import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTheatre, type Theatre, type Visitor } from './support/journey.js';

const ROOMS = join(import.meta.dirname, '../../web/src/rooms');

/** The addresses in the route tables of the rooms: `/officers/:id`. */
const routes = (): readonly string[] => {
  const texts = readdirSync(ROOMS).map((room) => readFileSync(join(ROOMS, room, 'room.tsx'), 'utf8'));
  return [...new Set(texts.flatMap((text) => [...text.matchAll(/path: '([^']+)'/g)].map(([, path]) => path ?? '')))];
};
/** `/officers/new` is itself, not somebody of that name. */
const patternOf = (path: string): string | undefined =>
  ROUTES.find((route) => route === path) ??
  ROUTES.find((route) => new RegExp(`^${route.replaceAll(/:\w+/g, '[^/]+')}$`).test(path));
const ROUTES = routes();

/** What only a journey brings about, and is looked at there. */
const ELSEWHERE: readonly string[] = [
  '/sign-in', // door
  '/change-password', // door
  '/imports/:id', // exam-results
  '/card-destructions/:id', // cards-and-publication
];

/** Pages behind a tab or a choice, where the links to more pages stand. */
const BEHIND: Readonly<Record<string, readonly string[]>> = {
  '/applications': ['/applications?tab=batches'],
  '/cards': ['/cards?tab=cards', '/cards?tab=destructions'],
  '/training': ['/training?tab=classes'],
  '/exams/:id': ['results', 'statistics'],
  '/subjects': ['/subjects?view=tree', '/matters'],
  '/duty/check': ['/duty/checks'],
  '/todos': ['/todos?box=STARTED', '/todos?box=CC'],
  '/officers/:id': ['readiness', 'training', 'exams', 'certificates', 'bars', 'timeline'],
  '/subjects/:id': ['powers', 'chain'],
};

/** Forms behind a button that is no link, for whom they are there. */
const FORMS: Readonly<Record<string, readonly string[]>> = { reviewer: ['/subjects/new', '/delegations/new'] };

/** Two at a time: as many as there are processors. */
const LANES: readonly (readonly string[])[] = [
  ['hr', 'reviewer', 'supervisor', 'system-admin', 'officer'],
  ['exam-officer', 'approver', 'auditor', 'security-admin', 'hr-2'],
];

describe('every page of every role', () => {
  let theatre: Theatre;
  beforeAll(async () => {
    theatre = await openTheatre();
  }, 200_000);
  afterAll(() => theatre.close());

  it('is accessible, whole at every width in both languages, and silent', async () => {
    const seen = new Set<string>();
    const walked: string[] = [];
    const faults: string[] = [];
    const walk = async (role: string): Promise<void> => {
      const visitor = await theatre.as(role);
      const menu = await visitor.page
        .locator('nav[aria-label="主菜单"] a[href]')
        .evaluateAll((links) => links.map((link) => new URL((link as { href: string }).href).pathname));
      expect([role, menu.length]).toEqual([role, expect.any(Number)]);
      const next = [...new Set([...menu, ...(FORMS[role] ?? [])])];
      for (let at = 0; at < next.length; at++) {
        const path = next[at] ?? '';
        const pattern = patternOf(path.split('?')[0] ?? '') ?? path;
        const ofMenu = at < menu.length;
        const key = path === '/' || path === '/todos' ? `${path} ${role}` : path.includes('?') ? path : pattern;
        if (!ofMenu && seen.has(key)) continue;
        const first = !seen.has(key);
        seen.add(key);
        seen.add(pattern);
        await visitor.follow(path);
        walked.push(`${role} ${path}`);
        if (path === '/') await visitor.picture(`main-${role}`);
        const looked = first ? visitor.faultsShown(`${role} ${path}`) : glance(visitor, `${role} ${path}`);
        faults.push(...(await looked));
        const links = await visitor.page
          .locator('main a[href^="/"]')
          .evaluateAll((all) => all.map((link) => new URL((link as { href: string }).href).pathname));
        const behind = path.includes('?')
          ? []
          : (BEHIND[pattern] ?? []).map((tail) => (tail.startsWith('/') ? tail : `${path}?tab=${tail}`));
        for (const found of [...behind, ...oneOfEach(links)]) if (!next.includes(found)) next.push(found);
      }
      await visitor.leave();
    };
    await Promise.all(
      LANES.map(async (lane) => {
        for (const role of lane) await walk(role);
      }),
    );
    expect(faults).toEqual([]);
    const missed = ROUTES.filter((route) => !seen.has(route) && !ELSEWHERE.includes(route));
    expect({ missed }).toEqual({ missed: [] });
    expect(walked.length).toBeGreaterThan(80);
  }, 600_000);
});

/** A page that was looked at thoroughly with another role: its buttons may differ. */
async function glance(visitor: Visitor, what: string): Promise<readonly string[]> {
  const faults = [...(await visitor.layoutFaults(what)), ...(await visitor.accessFaults(what))];
  await visitor.width(360);
  await visitor.settled();
  faults.push(...(await visitor.layoutFaults(`${what} 360`)));
  await visitor.width(1440);
  return faults;
}

/** One address for each kind of page. */
function oneOfEach(links: readonly string[]): readonly string[] {
  const found = new Map<string, string>();
  for (const link of links) {
    const pattern = patternOf(link);
    if (pattern !== undefined && !found.has(pattern)) found.set(pattern, link);
  }
  return [...found.values()];
}
