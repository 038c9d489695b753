import type { CardVerdict } from '../../rules/card-usability.rules.js';
import { VERDICTS, type Colour } from '../verification/verdict-words.js';
import { escapeHtml, pageFrame, type Language } from './page-frame.js';
import { PAGE_WORDS } from './page-words.js';
import type { PublicCertificateView } from './public-certificate.view.js';

export interface PageContext {
  readonly language: Language;
  readonly path: string | null;
  /** Local time of the check, for people. */
  readonly checkedAt: string;
  readonly phone: string;
}

interface Band {
  readonly colour: Colour;
  readonly icon: string;
  readonly word: string;
  readonly means: string;
}

const band = ({ colour, icon, word, means }: Band): string =>
  `<div class="verdict ${colour}" role="status"><span class="icon" aria-hidden="true">${icon}</span><div><strong>${word}</strong><p>${means}</p></div></div>`;

const row = (label: string, value: string | null, kind = ''): string =>
  value === null || value === '' ? '' : `<dt>${label}</dt><dd${kind}>${escapeHtml(value)}</dd>`;

/** A card that was found: the verdict first, then the public fields, then what to compare and where to report. */
export function verdictPage(
  certificate: PublicCertificateView,
  context: PageContext & { readonly photo: Buffer | null; readonly reportPath: string },
): string {
  const { language, checkedAt, phone, photo } = context;
  const words = PAGE_WORDS[language];
  const verdict = VERDICTS[certificate.verdict as CardVerdict];
  const word = language === 'zh' ? verdict.zh : verdict.en;
  const means = language === 'zh' ? verdict.meansZh : verdict.meansEn;
  const rows = [
    row(words.name, certificate.name, ' class="name"'),
    row(words.number, certificate.certificateNo),
    row(words.kind, words.types[certificate.type] ?? certificate.type),
    row(words.unit, certificate.unit),
    row(words.post, certificate.post),
    row(words.domains, certificate.domains.join('、')),
    row(words.area, certificate.area),
    row(words.issuer, certificate.issuer),
    row(words.valid, certificate.validFrom && `${certificate.validFrom} — ${certificate.validTo ?? ''}`),
    row(words.checkedAt, checkedAt),
  ].join('');
  const body = `<h1 class="noprint">${words.lookUp.title}</h1>${band({ ...verdict, word, means })}
<div class="card">${photo ? figure(photo, words.photoOf, words.photoHint, checkedAt.slice(0, 10)) : ''}<dl>${rows}</dl></div>
<p>${words.compare}</p><p>${escapeHtml(words.phone(phone))}</p>
<p class="noprint"><a class="button second" href="${escapeHtml(context.reportPath)}?lang=${language}">${words.report}</a></p>
<p class="noprint"><a href="/v?lang=${language}">${words.another}</a></p>`;
  return pageFrame({ language, title: word, body, path: context.path });
}

/** The date across the portrait: a saved page is told from a fresh one. */
const figure = (photo: Buffer, of: string, hint: string, date: string): string =>
  `<figure><img src="data:image/jpeg;base64,${photo.toString('base64')}" width="160" height="197" alt="${of}"><span aria-hidden="true">${date} 核验</span><figcaption>${hint}</figcaption></figure>`;

export type Nothing = 'NOT_FOUND' | 'MISTYPED' | 'LIVE_OVER' | 'LIVE_FORGED';

const SIGNS: Readonly<Record<Nothing, Pick<Band, 'colour' | 'icon'>>> = {
  NOT_FOUND: { colour: 'grey', icon: '?' },
  MISTYPED: { colour: 'grey', icon: '✎' },
  LIVE_OVER: { colour: 'amber', icon: '⏱' },
  LIVE_FORGED: { colour: 'red', icon: '✖' },
};

/** Nothing was found: what that means, how to type, whom to ask. */
export function nothingPage(kind: Nothing, context: PageContext & { readonly reportPath: string | null }): string {
  const { language, phone } = context;
  const words = PAGE_WORDS[language];
  const [word, means] = {
    NOT_FOUND: words.notFound,
    MISTYPED: words.mistyped,
    LIVE_OVER: words.liveOver,
    LIVE_FORGED: words.liveForged,
  }[kind];
  const help = kind === 'NOT_FOUND' || kind === 'MISTYPED' ? words.notFoundHelp : [];
  const report =
    context.reportPath === null || kind === 'MISTYPED'
      ? ''
      : `<p class="noprint"><a class="button second" href="${escapeHtml(context.reportPath)}?lang=${language}">${words.report}</a></p>`;
  const body = `<h1 class="noprint">${words.lookUp.title}</h1>${band({ ...SIGNS[kind], word, means })}
${help.length === 0 ? '' : `<ul>${help.map((line) => `<li>${line}</li>`).join('')}</ul>`}
<p>${escapeHtml(words.phone(phone))}</p><p>${words.checkedAt} ${escapeHtml(context.checkedAt)}</p>${report}
<p class="noprint"><a href="/v?lang=${language}">${words.another}</a></p>`;
  return pageFrame({ language, title: word, body, path: context.path });
}

/** A calm word and how long to wait. */
export function waitPage(seconds: number, language: Language, path: string | null): string {
  const [word, means] = PAGE_WORDS[language].wait(seconds);
  return pageFrame({ language, title: word, body: band({ colour: 'grey', icon: '⏳', word, means }), path });
}
