import { MISMATCH_KINDS } from '../mismatch/mismatch.dto.js';
import { escapeHtml, pageFrame, type Language } from './page-frame.js';
import { PAGE_WORDS } from './page-words.js';

const error = (text: string | null): string => (text === null ? '' : `<p class="error" role="alert">${text}</p>`);

/** Number and name, or the code: for a card whose QR can't be scanned. */
export function lookUpPage(language: Language, isFaulty = false): string {
  const { lookUp: words } = PAGE_WORDS[language];
  const body = `<h1>${words.title}</h1><p>${words.lead}</p>${error(isFaulty ? words.faulty : null)}
<form method="post" action="/v?lang=${language}"><label for="no">${words.number}</label><p class="hint" id="no-hint">${words.numberHint}</p>
<input type="text" id="no" name="no" required maxlength="40" autocomplete="off" spellcheck="false" aria-describedby="no-hint">
<label for="name">${words.name}</label><p class="hint" id="name-hint">${words.nameHint}</p>
<input type="text" id="name" name="name" required maxlength="100" autocomplete="off" spellcheck="false" aria-describedby="name-hint">
<button>${words.send}</button></form>
<h2>${words.orCode}</h2><form method="post" action="/v?lang=${language}"><label for="code">${words.code}</label>
<input type="text" id="code" name="code" required maxlength="20" autocomplete="off" autocapitalize="characters" spellcheck="false">
<button class="second">${words.sendCode}</button></form>`;
  return pageFrame({ language, title: words.title, body, path: '/v' });
}

export interface ReportForm {
  readonly language: Language;
  /** Where the form goes and the page is found. */
  readonly path: string;
  readonly backPath: string;
  /** What the form is about, as the page shows it: a number, or the code. */
  readonly about: string;
  readonly token: string;
  readonly fault: 'faulty' | 'stale' | null;
}

export function reportPage({ language, path, about, token, fault, backPath }: ReportForm): string {
  const { reporting: words } = PAGE_WORDS[language];
  const kinds = MISMATCH_KINDS.map(
    (kind) => `<label><input type="radio" name="kind" value="${kind}" required> ${words.kinds[kind]}</label>`,
  );
  const body = `<h1>${words.title}</h1><p>${words.lead}</p>${error(fault === null ? null : words[fault])}
<p>${words.about}: <b>${escapeHtml(about)}</b></p>
<form method="post" action="${escapeHtml(path)}?lang=${language}"><input type="hidden" name="token" value="${escapeHtml(token)}">
<fieldset><legend>${words.what}</legend>${kinds.join('')}</fieldset>
<label for="description">${words.description}</label><p class="hint" id="d-hint">${words.descriptionHint}</p>
<textarea id="description" name="description" rows="4" maxlength="500" aria-describedby="d-hint"></textarea>
<label for="place">${words.place}</label><p class="hint" id="p-hint">${words.placeHint}</p>
<input type="text" id="place" name="place" maxlength="100" aria-describedby="p-hint">
<button>${words.send}</button></form><p><a href="${escapeHtml(backPath)}?lang=${language}">${words.back}</a></p>`;
  return pageFrame({ language, title: words.title, body, path });
}

export function thanksPage(language: Language, backPath: string): string {
  const { reporting: words } = PAGE_WORDS[language];
  const [title, means] = words.thanks;
  const body = `<h1>${title}</h1><p role="status">${means}</p><p><a class="button" href="${escapeHtml(backPath)}?lang=${language}">${words.back}</a></p>`;
  return pageFrame({ language, title, body, path: null });
}
