import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openTheatre, type Theatre } from './support/journey.js';

describe('the door', () => {
  let theatre: Theatre;
  beforeAll(async () => {
    theatre = await openTheatre();
  }, 120_000);
  afterAll(() => theatre.close());

  it('shows a page without fault in both languages and at all widths', async () => {
    const visitor = await theatre.anybody();
    await visitor.inspect('/sign-in');
    await visitor.picture('sign-in');
    await visitor.leave();
  });

  it('lets nobody in with a wrong password, and says no more than that', async () => {
    const visitor = (await theatre.anybody()).allow(401, /\/auth\/login$/);
    const { page } = visitor;
    await visitor.go('/sign-in');
    await page.getByLabel('账号').fill('hr');
    await page.getByLabel('密码', { exact: true }).fill('not-the-password');
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.getByRole('alert').getByText('账号或密码不对').waitFor();
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    await visitor.expectAccessible();
    await visitor.leave();
  });

  it('leads back to the page that was asked for, never to another host', async () => {
    const visitor = await theatre.anybody();
    const { page } = visitor;
    await visitor.go('/no-such-page?x=1');
    await page.waitForURL(/\/sign-in\?return=/);
    await page.locator('[data-username="hr"]').click();
    await page.waitForURL(/\/no-such-page\?x=1$/);
    await page.getByRole('heading', { level: 1, name: '没有这个页面' }).waitFor();
    await visitor.expectAccessible();
    await visitor.leave();
    for (const outside of ['//evil.example/x', 'https://evil.example/', '/\\evil.example']) {
      const other = await theatre.anybody();
      await other.go(`/sign-in?return=${encodeURIComponent(outside)}`);
      await other.page.locator('[data-username="hr"]').click();
      await other.page.waitForURL((address) => address.pathname === '/');
      expect(new URL(other.page.url()).host).toBe(new URL(theatre.url).host);
      await other.leave();
    }
  });

  it('says that there is a new version when a file of the pages is gone after an update', async () => {
    const visitor = (await theatre.as('hr')).allow(404, /\/assets\/gone-/);
    const { page } = visitor;
    await page.route(/\/assets\/(officers-page|chart-canvas)-[^/]*\.js$/, (route) =>
      route.continue({ url: `${theatre.url}/assets/gone-${new URL(route.request().url()).pathname.slice(8)}` }),
    );
    await page.getByRole('link', { name: '人员库' }).click();
    await page.getByRole('heading', { level: 1, name: '系统已经更新' }).waitFor();
    await visitor.expectAccessible();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: '系统已经更新' }).waitFor();
    // A picture that cannot be drawn takes nothing else with it, and its figures are there as a table.
    await page.getByRole('link', { name: '工作台' }).first().click();
    await page.getByText('图没有载入').first().waitFor();
    await page.getByRole('button', { name: '看数据表' }).first().click();
    await page.getByRole('table').first().waitFor();
    await visitor.leave();
  });

  it('asks again when the session was ended elsewhere', async () => {
    const visitor = (await theatre.as('reviewer')).allow(401, /\/api\/v1\//);
    await visitor.page.request.post('/api/v1/auth/logout');
    await visitor.page.reload();
    await visitor.page.waitForURL(/\/sign-in/);
    await visitor.page.getByRole('heading', { name: '登录' }).waitFor();
    await visitor.leave();
  });

  it('serves pages only to who asks for a page, fresh, and files with a hash for ever', async () => {
    const ask = (path: string, accept = 'text/html') => fetch(`${theatre.url}${path}`, { headers: { accept } });
    const page = await ask('/officers/123?tab=exams');
    const text = await page.text();
    expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-cache']);
    const policy = page.headers.get('content-security-policy') ?? '';
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? 'none';
    expect(text).toContain(nonce);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/script-src[^;]*(unsafe|nonce)/);
    expect((await (await ask('/')).text()).includes(nonce)).toBe(false);
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(text)?.[1] ?? '';
    expect((await ask(script, '*/*')).headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const lost: readonly (readonly [string, string])[] = [
      ['/api/v1/nothing', 'text/html'],
      ['/api/nothing', 'text/html'],
      ['/assets/nothing.js', 'text/html'],
      ['/metrics/nothing', 'text/html'],
      ['/officers/123', 'application/json'],
      ['/.env', '*/*'],
      ['/assets/..%2findex.html', 'text/html'],
    ];
    for (const [path, accept] of lost) expect([path, (await ask(path, accept)).status]).toEqual([path, 404]);
  });

  it('has the very API document that the client was made from', async () => {
    const served: unknown = await (await fetch(`${theatre.url}/api/openapi.json`)).json();
    const written: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '../../docs/openapi.json'), 'utf8'));
    expect(served).toEqual(written);
  });
});
