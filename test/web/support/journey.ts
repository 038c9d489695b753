import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect } from '@jest/globals';
import { chromium, type Browser, type BrowserContext, type Page, type Response } from 'playwright-core';
import { startProduct, type Product, type ProductOptions } from '../../support/product.js';

export type Language = 'zh' | 'en';
/** Desktop, small laptop, phone. */
export const WIDTHS = [1440, 1024, 360] as const;
export type Width = (typeof WIDTHS)[number];

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
    context.setDefaultTimeout(15_000);
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
    page.on('requestfailed', (request) => {
      const why = request.failure()?.errorText ?? '';
      // A page that is left gives up what it was still reading.
      if (why !== 'net::ERR_ABORTED') this.faults.push(`request failed: ${request.url()} ${why}`);
    });
    page.on('request', (request) => {
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

  /** Nothing is being read any more, and no skeleton is shown. Pages with live events settle too: their stream doesn't count. */
  async settled(): Promise<void> {
    await this.page.locator('.ant-skeleton, .ant-spin-spinning, .page-skeleton').first().waitFor({ state: 'detached' });
    await this.page.locator('h1').first().waitFor({ state: 'attached' });
    await this.page.locator('.ant-skeleton, .ant-spin-spinning, .page-skeleton').first().waitFor({ state: 'detached' });
  }

  async width(width: Width): Promise<void> {
    await this.page.setViewportSize({ width, height: HEIGHTS[width] });
  }

  async language(language: Language): Promise<void> {
    await this.page.evaluate(
      `localStorage.setItem('chizheng.preferences', JSON.stringify({...JSON.parse(localStorage.getItem('chizheng.preferences') ?? '{}'), language: '${language}'}))`,
    );
    await this.page.reload();
    await this.settled();
  }

  /** axe on what is shown now. @throws when there is a serious or critical fault */
  async expectAccessible(): Promise<void> {
    await this.page.evaluate(axeSource);
    const found = await this.page.evaluate<AxeViolation[]>(
      `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, impact, nodes }) =>
         ({ id, impact, nodes: nodes.slice(0, 5).map(({ target, html }) => ({ target: target.map(String), html: html.slice(0, 200) })) })))`,
    );
    const grave = found.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(
      grave.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ target, html }) => `${target.join(' ')} ${html}`).join(' | ')}`,
      ),
    ).toEqual([]);
  }

  /** Nothing cut, nothing covered, no sideways scrolling, as it stands now. */
  async expectWellLaidOut(what = ''): Promise<void> {
    const faults = await this.page.evaluate<string[]>(`(${inPage.slice(inPage.indexOf('function'))})()`);
    expect({ what, faults }).toEqual({ what, faults: [] });
  }

  /** A page in both languages at all widths: layout everywhere, axe on desktop and phone. Ends in Chinese at 1440 px. */
  async inspect(path: string): Promise<void> {
    for (const language of ['en', 'zh'] as const) {
      await this.width(1440);
      await this.go(path);
      await this.language(language);
      for (const width of [360, 1024, 1440] as const) {
        await this.width(width);
        await this.settled();
        await this.expectWellLaidOut(`${path} ${language} ${width}`);
        if (language === 'zh' && width !== 1024) await this.expectAccessible();
      }
    }
  }

  /** A picture for the README or for looking at; only when SCREENSHOTS names a folder. */
  async picture(name: string): Promise<void> {
    const folder = process.env['SCREENSHOTS'];
    if (!folder) return;
    const path = join(folder, `${name}.png`);
    await mkdir(dirname(path), { recursive: true });
    await this.page.screenshot({ path });
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
