import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTheatre, type Theatre, type Visitor } from './support/journey.js';
import { read, type List } from './support/steps.js';

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

  it('opens behind each figure exactly the rows that it counts', async () => {
    const faults: string[] = [];
    const counted: string[] = [];
    const look = async (role: string): Promise<void> => {
      const visitor = await theatre.as(role);
      const { page } = visitor;
      for (const path of ['/', ...(await pagesWithFigures(visitor, role))]) {
        await visitor.go(path);
        const { tiles, parts } = await figuresShown(visitor);
        // The pictures of the workbench are the same for everybody but for the scope: samples of them.
        const filled = parts.filter(({ count }) => count > 0);
        const some =
          path !== '/' ? filled : role === 'hr' ? filled.filter((_, at) => at % 4 === 0) : filled.slice(0, 1);
        for (const figure of [...tiles, ...some]) {
          counted.push(`${role} ${path} ${figure.name}`);
          const isTile = path === '/' && tiles.includes(figure);
          if (isTile) await visitor.follow(path);
          const open = async (): Promise<void> => {
            if (isTile) await page.locator(`main nav a[href="${figure.to}"]`).click();
            // What the page itself has just read is not asked again unless the page is loaded anew.
            else if (path === '/') await visitor.follow(figure.to);
            else await visitor.go(figure.to);
          };
          faults.push(...(await countBehind(visitor, figure, open)).map((fault) => `${role} ${path} ${fault}`));
        }
      }
      await visitor.leave();
    };
    await Promise.all(
      LANES.map(async (lane) => {
        for (const role of lane) if (role !== 'officer') await look(role);
      }),
    );
    expect(faults).toEqual([]);
    expect(counted.length).toBeGreaterThan(60);
    process.stdout.write(`figures compared with their lists: ${counted.length}\n`);
  }, 400_000);

  it('opens the list of the part of a picture that is clicked', async () => {
    const hr = await theatre.as('hr');
    const { page } = hr;
    const picture = page.locator('figure.chart', { hasText: '各单位持证情况' });
    const bars = picture.locator('.chart-canvas path[fill="#d9a441"]');
    await bars.first().waitFor();
    const widths = await Promise.all((await bars.all()).map(async (bar) => (await bar.boundingBox())?.width ?? 0));
    await bars.nth(widths.indexOf(Math.max(...widths))).click();
    await page.waitForURL(/\/officers\?subjectId=[^&]+&state=IN_SERVICE&certificate=MISSING$/);
    await hr.leave();
  });
});

/** Pages besides the workbench that show figures, each looked at with one role. */
async function pagesWithFigures(visitor: Visitor, role: string): Promise<readonly string[]> {
  switch (role) {
    case 'hr':
      return ['/delegations', '/subjects'];
    case 'exam-officer': {
      const exams = await read<List<{ id: string; status: string }>>(visitor, '/exams?status=RELEASED');
      return exams.items.slice(0, 1).map(({ id }) => `/exams/${id}?tab=statistics`);
    }
    case 'reviewer': {
      const years = await read<List<{ id: string }>>(visitor, '/review-campaigns');
      return years.items.slice(0, 1).map(({ id }) => `/reviews/${id}`);
    }
    default:
      return [];
  }
}

/** A figure that somebody can click, in a tile or in a picture. */
interface Figure {
  readonly name: string;
  readonly count: number;
  readonly to: string;
}

/** The figures of the page that is shown; pictures give theirs as the table that says the same. */
async function figuresShown({
  page,
}: Visitor): Promise<{ readonly tiles: readonly Figure[]; readonly parts: readonly Figure[] }> {
  const asTable = page.getByRole('button', { name: '看数据表' });
  while ((await asTable.count()) > 0) await asTable.first().click();
  return page.evaluate(`(() => {
    const figure = (link, name, text) =>
      ({ name: name.trim(), count: Number((text ?? '').replaceAll(',', '')), to: new URL(link.href).pathname + new URL(link.href).search });
    const tiles = [...document.querySelectorAll('main a.tile, main a.review-heap')].map((link) =>
      figure(link, link.textContent, link.querySelector('.tile-number, strong')?.firstChild?.textContent));
    const parts = [...document.querySelectorAll('main .chart-table tbody tr')].flatMap((row) => {
      const label = row.querySelector('th').textContent;
      const whole = row.querySelector('th a');
      const cells = [...row.querySelectorAll('td')];
      return whole
        ? [figure(whole, label, cells[0].textContent)]
        : cells.map((cell, at) => figure(cell.querySelector('a'), label + ' ' + at, cell.textContent));
    });
    return { tiles, parts };
  })()`);
}

const PAGE_OF_LIST = 50;

/** Opens the list behind a figure and compares. Gives what is wrong, or nothing. */
async function countBehind(
  visitor: Visitor,
  { name, count, to }: Figure,
  open: () => Promise<void>,
): Promise<string[]> {
  const { page } = visitor;
  const asked = page.waitForResponse((response) => {
    const { searchParams, pathname } = new URL(response.url());
    return pathname.startsWith('/api/v1/') && searchParams.get('limit') === String(PAGE_OF_LIST);
  });
  await open();
  const address = new URL((await asked).url());
  await visitor.settled();
  const rows = await page.locator('main tbody tr[data-row-key]').count();
  let total = 0;
  address.searchParams.set('limit', '200');
  for (let cursor: string | null = ''; cursor !== null;) {
    if (cursor !== '') address.searchParams.set('cursor', cursor);
    const answer = await page.request.get(address.href);
    const list = (await answer.json()) as { items: readonly unknown[]; nextCursor: string | null };
    total += list.items.length;
    cursor = list.nextCursor;
  }
  return total === count && rows === Math.min(total, PAGE_OF_LIST)
    ? []
    : [`${name} says ${count}; ${to} shows ${rows} of ${total}`];
}

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
