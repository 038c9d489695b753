import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect } from '@jest/globals';
import { chromium, type Browser, type BrowserContext, type Page, type Request, type Response } from 'playwright-core';
import sharp from 'sharp';
import { startProduct, type Product, type ProductOptions } from '../../support/product.js';

export type Language = 'zh' | 'en';
/** Desktop, small laptop, phone. */
export const WIDTHS = [1440, 1024, 360] as const;
export type Width = (typeof WIDTHS)[number];

const PATIENCE_MS = 15_000;
const HEIGHTS: Readonly<Record<Width, number>> = { 1440: 900, 1024: 768, 360: 740 };
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const ROOT = join(import.meta.dirname, '../../..');
const DOCS = join(ROOT, 'docs/screenshots');
/** The pictures that the README shows. */
const SHOWN = new Set(
  [...readFileSync(join(ROOT, 'README.md'), 'utf8').matchAll(/docs\/screenshots\/([\w-]+)\.png/g)].map(
    ([, name]) => name,
  ),
);
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const inPage = readFileSync(join(import.meta.dirname, 'in-page.mjs'), 'utf8').replace('export function', 'function');

interface AxeViolation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly target: readonly string[]; readonly html: string }[];
}

/** The product with its demonstration data and a browser: one for each file of journeys. */
export interface Theatre {
  readonly product: Product;
  readonly url: string;
  /** A window of its own, signed in by the role chooser. */
  as(username: string, options?: VisitOptions): Promise<Visitor>;
  /** A window in which nobody is signed in. */
  anybody(options?: VisitOptions): Promise<Visitor>;
  close(): Promise<void>;
}

export interface VisitOptions {
  readonly language?: Language;
  readonly width?: Width;
}

export async function openTheatre(options: ProductOptions = {}): Promise<Theatre> {
  const [product, browser] = await Promise.all([startProduct(options), startBrowser()]);
  const url = product.urls[0] ?? '';
  const open = async ({ language = 'zh', width = 1440 }: VisitOptions = {}): Promise<Visitor> => {
    const context = await browser.newContext({
      baseURL: url,
      viewport: { width, height: HEIGHTS[width] },
      locale: language === 'zh' ? 'zh-CN' : 'en-GB',
      timezoneId: 'UTC',
      reducedMotion: 'reduce',
      acceptDownloads: true,
    });
    context.setDefaultTimeout(PATIENCE_MS);
    await context.addInitScript(
      `if (!localStorage.getItem('chizheng.preferences')) localStorage.setItem('chizheng.preferences', '${JSON.stringify({ language })}');`,
    );
    return new Visitor(await context.newPage(), context, new URL(url).host);
  };
  return {
    product,
    url,
    anybody: open,
    as: async (username, visit) => {
      const visitor = await open(visit);
      await visitor.page.goto('/sign-in');
      await visitor.page.locator(`[data-username="${username}"]`).click();
      await visitor.page.waitForURL((address) => !address.pathname.startsWith('/sign-in'));
      await visitor.settled();
      return visitor;
    },
    close: async () => {
      await browser.close();
      await product.stop();
    },
  };
}

const startBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium', args: FLAGS });

/** Somebody in front of a window. Whatever goes wrong behind the glass is kept, and `leave` fails when there was anything. */
export class Visitor {
  private readonly faults: string[] = [];
  /** What the page still waits for; live streams never end and don't count. */
  private readonly waiting = new Set<Request>();
  private whenQuiet: (() => void)[] = [];
  private readonly allowed: { readonly status: number; readonly path: RegExp }[] = [];

  constructor(
    readonly page: Page,
    private readonly context: BrowserContext,
    host: string,
  ) {
    page.on('console', (message) => {
      const text = message.text();
      // The answer itself is judged below.
      if (message.type() === 'error' && !text.startsWith('Failed to load resource'))
        this.faults.push(`console: ${text}`);
    });
    page.on('pageerror', (error) => this.faults.push(`page error: ${error.message}`));
    page.on('response', (response) => this.judge(response));
    page.on('requestfinished', (request) => this.ended(request));
    page.on('requestfailed', (request) => {
      this.ended(request);
      const why = request.failure()?.errorText ?? '';
      // A page that is left gives up what it was still reading.
      if (why !== 'net::ERR_ABORTED') this.faults.push(`request failed: ${request.url()} ${why}`);
    });
    page.on('request', (request) => {
      if (request.resourceType() !== 'eventsource') this.waiting.add(request);
      const address = new URL(request.url());
      const outside = !['data:', 'blob:', 'about:'].includes(address.protocol) && address.host !== host;
      if (outside) this.faults.push(`loaded from another host: ${address.host}`);
    });
  }

  /** An answer that belongs to the story: a wrong password, a refusal, a session that ended. */
  allow(status: number, path: RegExp): this {
    this.allowed.push({ status, path });
    return this;
  }

  async go(path: string): Promise<void> {
    await this.page.goto(path);
    await this.settled();
  }

  /** Goes to another page of the product as a link does: without loading everything anew. */
  async follow(path: string): Promise<void> {
    await this.page.evaluate(
      `history.pushState(null, '', ${JSON.stringify(path)}), dispatchEvent(new PopStateEvent('popstate'))`,
    );
    await this.settled();
  }

  /** Nothing is being read any more, and no skeleton is shown. */
  async settled(): Promise<void> {
    for (;;) {
      await this.quiet();
      await this.page
        .locator('.ant-skeleton, .ant-spin-spinning, .page-skeleton, .route-progress.active')
        .first()
        .waitFor({ state: 'detached' });
      await this.page.locator('h1, [role="alert"]').first().waitFor({ state: 'attached' });
      // What was read is drawn in the next frame, and may ask for more.
      await this.page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
      if (this.waiting.size === 0) return;
    }
  }

  private async quiet(): Promise<void> {
    if (this.waiting.size === 0) return;
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(
        () => reject(new Error(`no answer to ${[...this.waiting].map((request) => request.url()).join(', ')}`)),
        PATIENCE_MS,
      );
      this.whenQuiet.push(() => {
        clearTimeout(late);
        resolve();
      });
    });
  }

  private ended(request: Request): void {
    this.waiting.delete(request);
    if (this.waiting.size > 0) return;
    for (const go of this.whenQuiet) go();
    this.whenQuiet = [];
  }

  async width(width: Width): Promise<void> {
    await this.page.setViewportSize({ width, height: HEIGHTS[width] });
  }

  /** By the button that everybody has; phones have it in a menu, so the window is made wide first. */
  async language(language: Language): Promise<void> {
    await this.width(1440);
    const name = language === 'en' ? /English/ : /中文/;
    await this.page.getByRole('button', { name }).first().dispatchEvent('click');
    await this.page.locator(`html[lang="${language === 'zh' ? 'zh-CN' : 'en'}"]`).waitFor({ state: 'attached' });
    await this.settled();
  }

  /** axe on what is shown now. @throws when there is a serious or critical fault */
  async expectAccessible(what = ''): Promise<void> {
    expect(await this.accessFaults(what)).toEqual([]);
  }

  /** Nothing cut, nothing covered, no sideways scrolling, as it stands now. */
  async expectWellLaidOut(what = ''): Promise<void> {
    expect(await this.layoutFaults(what)).toEqual([]);
  }

  /** A page in both languages at all widths: layout everywhere, axe on desktop and phone. Ends in Chinese at 1440 px. */
  async inspect(path: string): Promise<void> {
    await this.width(1440);
    await this.go(path);
    expect(await this.faultsShown(path)).toEqual([]);
  }

  /** What is wrong with the page that is shown, in Chinese at 1440 px: all of it, so that nobody has to ask twice. */
  async faultsShown(what: string): Promise<readonly string[]> {
    const faults: string[] = [];
    for (const language of ['zh', 'en'] as const) {
      if (language === 'en') await this.language('en');
      for (const width of WIDTHS) {
        await this.width(width);
        await this.settled();
        faults.push(...(await this.layoutFaults(`${what} ${language} ${width}`)));
        if (language === 'zh' && width !== 1024) faults.push(...(await this.accessFaults(`${what} ${width}`)));
      }
    }
    await this.language('zh');
    return faults;
  }

  async accessFaults(what: string): Promise<readonly string[]> {
    if (!(await this.page.evaluate<boolean>(`'axe' in window`))) await this.page.evaluate(axeSource);
    const found = await this.page.evaluate<AxeViolation[]>(
      `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, impact, nodes }) =>
         ({ id, impact, nodes: nodes.slice(0, 5).map(({ target, html }) => ({ target: target.map(String), html: html.slice(0, 200) })) })))`,
    );
    return found
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(
        ({ id, nodes }) =>
          `${what}: ${id}: ${nodes.map(({ target, html }) => `${target.join(' ')} ${html}`).join(' | ')}`,
      );
  }

  async layoutFaults(what: string): Promise<readonly string[]> {
    const faults = await this.page.evaluate<string[]>(`(${inPage.slice(inPage.indexOf('function'))})()`);
    return faults.map((fault) => `${what}: ${fault}`);
  }

  /**
   * A picture of what is shown: with SCREENSHOTS=1 those that the README shows, into docs/screenshots; with SCREENSHOTS=<folder>
   * all of them, for looking at.
   */
  async picture(name: string): Promise<void> {
    const wish = process.env['SCREENSHOTS'];
    if (!wish || (wish === '1' && !SHOWN.has(name))) return;
    const path = join(wish === '1' ? DOCS : wish, `${name}.png`);
    await mkdir(dirname(path), { recursive: true });
    await sharp(await this.page.screenshot())
      .png({ palette: true, colours: 128, effort: 8 })
      .toFile(path);
  }

  /** Ends the visit. @throws when something went wrong behind the glass */
  async leave(): Promise<void> {
    await this.context.close();
    expect(this.faults).toEqual([]);
  }

  private judge(response: Response): void {
    const status = response.status();
    if (status < 400) return;
    const { pathname } = new URL(response.url());
    if (this.allowed.some((answer) => answer.status === status && answer.path.test(pathname))) return;
    this.faults.push(`${response.request().method()} ${pathname} answered ${status}`);
  }
}
