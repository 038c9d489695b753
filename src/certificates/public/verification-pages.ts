import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ownForm } from '../../infrastructure/http/takes-forms.js';
import { holdsIdNumber } from '../../rules/codes/id-number.js';
import type { Finding } from '../verification/verification.js';
import { lookUpPage, reportPage, thanksPage } from './form-pages.js';
import { LookupThrottle } from './lookup-throttle.js';
import { languageOf, type Language } from './page-frame.js';
import { PublicLookups } from './public-lookups.js';
import { publicView } from './public-view.js';
import { ReportDesk } from './report-desk.js';
import { nothingPage, verdictPage, waitPage } from './verdict-page.js';

export interface ShownPage {
  readonly status: number;
  readonly html: string;
  readonly retryAfterSeconds?: number;
}

/** An address that holds an ID number is repeated nowhere, in no link and no hidden field; no code of ours looks like one. */
const isUnfit = (code: string): boolean => holdsIdNumber(code.replaceAll(/[\s-]/g, ''));
const pathOf = (code: string): string => `/v/${encodeURIComponent(code)}`;
const ok = (html: string): ShownPage => ({ status: 200, html });

/** What the public sees: each answer as a page, in Chinese or English. */
@Injectable()
export class VerificationPages {
  constructor(
    private readonly throttle: LookupThrottle,
    private readonly lookups: PublicLookups,
    private readonly desk: ReportDesk,
  ) {}

  form(request: FastifyRequest): ShownPage {
    return ok(lookUpPage(language(request)));
  }

  /** The form for number and name, or for the code. */
  async lookUp(request: FastifyRequest): Promise<ShownPage> {
    const form = ownForm(request);
    const [no, name, code] = ['no', 'name', 'code'].map((field) => form?.text(field) ?? '');
    const isNumber =
      /^[0-9A-Za-z-]{1,40}$/.test(no ?? '') && name !== undefined && name !== '' && [...name].length <= 100;
    const isCode = code !== undefined && code !== '' && code.length <= 40;
    if (!isNumber && !isCode) return { status: 400, html: lookUpPage(language(request), true) };
    const wait = await this.wait(request, '/v');
    if (wait) return wait;
    if (isCode && isUnfit(code ?? '')) return this.nothing(request);
    if (isCode) return this.answer(request, await this.lookups.byText(code ?? ''), pathOf(code ?? ''));
    return this.answer(request, await this.lookups.cardOf(no ?? '', name ?? ''), null);
  }

  /** The page behind the QR. */
  async card(request: FastifyRequest, code: string): Promise<ShownPage> {
    if (isUnfit(code)) return this.nothing(request);
    const wait = await this.wait(request, pathOf(code));
    return wait ?? this.answer(request, await this.lookups.byText(code), pathOf(code));
  }

  async reportForm(request: FastifyRequest, code: string): Promise<ShownPage> {
    if (isUnfit(code)) return this.nothing(request);
    const wait = await this.wait(request, pathOf(code));
    return wait ?? ok(await this.reportHtml(request, code, null));
  }

  async report(request: FastifyRequest, code: string): Promise<ShownPage> {
    if (isUnfit(code)) return this.nothing(request);
    const form = ownForm(request);
    if (!form) return { status: 400, html: await this.reportHtml(request, code, 'stale') };
    const seconds = await this.throttle.wait('report');
    if (seconds > 0) return waiting(seconds, language(request), pathOf(code));
    const fault = await this.desk.take(code, form);
    if (fault !== null) return { status: 400, html: await this.reportHtml(request, code, fault) };
    return ok(thanksPage(language(request), pathOf(code)));
  }

  private async nothing(request: FastifyRequest): Promise<ShownPage> {
    const context = { language: language(request), path: null, reportPath: null, ...(await this.lookups.about()) };
    return { status: 404, html: nothingPage('NOT_FOUND', context) };
  }

  private async answer(request: FastifyRequest, finding: Finding, path: string | null): Promise<ShownPage> {
    const context = { language: language(request), path, ...(await this.lookups.about()) };
    if (finding.kind !== 'FOUND') {
      const reportPath = path === null ? null : `${path}/report`;
      return { status: 404, html: nothingPage(finding.kind, { ...context, reportPath }) };
    }
    const photo = await this.lookups.photo(finding);
    // Who typed a number is not told the code behind the QR.
    const about = finding.channel === 'NUMBER' ? finding.card.number : finding.card.publicCode;
    const reportPath = `${pathOf(about)}/report`;
    return ok(verdictPage(publicView(finding), { ...context, photo, reportPath }));
  }

  private async reportHtml(request: FastifyRequest, code: string, fault: 'faulty' | 'stale' | null): Promise<string> {
    return reportPage({
      language: language(request),
      path: `${pathOf(code)}/report`,
      backPath: pathOf(code),
      about: await this.desk.about(code),
      token: await this.desk.token(code),
      fault,
    });
  }

  private async wait(request: FastifyRequest, path: string): Promise<ShownPage | null> {
    const seconds = await this.throttle.wait('lookup');
    return seconds === 0 ? null : waiting(seconds, language(request), path);
  }
}

const waiting = (seconds: number, language: Language, path: string): ShownPage => ({
  status: 429,
  html: waitPage(seconds, language, path),
  retryAfterSeconds: seconds,
});

function language(request: FastifyRequest): Language {
  const { lang } = (request.query ?? {}) as { readonly lang?: unknown };
  return languageOf(lang, request.headers['accept-language']);
}
