const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);

export type Language = 'zh' | 'en';

/** The wanted language: what was asked for, else what the browser prefers, else Chinese. */
export function languageOf(asked: unknown, accepted: string | undefined): Language {
  if (asked === 'zh' || asked === 'en') return asked;
  for (const range of (accepted ?? '').toLowerCase().split(',')) {
    const tag = range.trim().split(/[-;]/)[0];
    if (tag === 'zh' || tag === 'en') return tag;
  }
  return 'zh';
}

/** Large type, contrast of at least 7:1, no script, no other request. */
const STYLE = `*{box-sizing:border-box}
html{font:18px/1.6 system-ui,-apple-system,"PingFang SC","Hiragino Sans GB","Microsoft YaHei","Noto Sans SC",sans-serif;color:#16202c;background:#eef1f5}
body{margin:0}
header{background:#12305c;color:#fff}
header div,main,footer{max-width:40rem;margin:0 auto;padding:.75rem 1rem}
header div{display:flex;flex-wrap:wrap;gap:.25rem 1rem;align-items:center;justify-content:space-between}
header b{font-size:1.06rem}
header a{color:#fff;padding:.3rem .2rem}
main{background:#fff;padding:1rem 1rem 1.5rem;min-height:60vh}
h1{font-size:1.35rem;line-height:1.35;margin:.2rem 0 .8rem}h2{font-size:1.05rem;margin:1.5rem 0 .4rem}
a{color:#0b4a9e}a:focus-visible,button:focus-visible,input:focus-visible,textarea:focus-visible,summary:focus-visible{outline:3px solid #f0a020;outline-offset:2px}
.skip{position:absolute;left:-99rem}.skip:focus{position:static}
.verdict{display:flex;gap:.9rem;align-items:center;border-radius:.6rem;padding:1rem;color:#fff;margin:0 0 1rem;break-inside:avoid}
.verdict .icon{font-size:2.6rem;line-height:1;flex:none;width:1.1em;text-align:center}
.verdict strong{display:block;font-size:1.9rem;line-height:1.2}.verdict p{margin:.2rem 0 0}
.green{background:#0d5620}.amber{background:#7a3e00}.red{background:#96100b}.grey{background:#3b4552}
.card{display:flex;flex-wrap:wrap;gap:1rem;align-items:flex-start}
figure{margin:0;position:relative;width:9rem;flex:none}
figure img{display:block;width:100%;height:auto;border:1px solid #b8c2ce;border-radius:.3rem}
figure span{position:absolute;left:0;right:0;bottom:2.7rem;text-align:center;color:#fff;font-size:.78rem;text-shadow:0 0 3px #000,0 0 3px #000;transform:rotate(-8deg)}
figcaption{font-size:.85rem;color:#3b4552}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.35rem 1rem;margin:0;flex:1 1 15rem}
dt{color:#3b4552}dd{margin:0;overflow-wrap:anywhere}
.name{font-size:1.3rem;font-weight:700}
label,legend{display:block;font-weight:600;margin:.9rem 0 .25rem}
fieldset{border:0;padding:0;margin:0}fieldset label{font-weight:400;margin:.1rem 0;padding:.45rem 0;display:flex;gap:.6rem;align-items:flex-start}
input[type=radio]{width:1.3rem;height:1.3rem;margin:.2rem 0 0;flex:none}
input[type=text],textarea{width:100%;font:inherit;padding:.6rem .7rem;border:2px solid #5a6675;border-radius:.4rem;background:#fff;color:inherit}
.hint{color:#3b4552;font-size:.9rem;margin:.2rem 0}
button,.button{display:inline-block;font:inherit;font-weight:700;min-height:56px;padding:.7rem 1.4rem;margin-top:1rem;border:0;border-radius:.4rem;background:#12305c;color:#fff;text-decoration:none;cursor:pointer}
.second{background:#fff;color:#12305c;border:2px solid #12305c}
.error{border-left:6px solid #96100b;background:#fdf0ef;padding:.6rem .8rem;margin:0 0 1rem}
footer{font-size:.9rem;color:#3b4552}
@media(max-width:28rem){figure{width:45%}dl{flex-basis:100%}.verdict strong{font-size:1.7rem}}
@media print{html{background:#fff;font-size:12pt}header{background:#fff;color:#000}header a,.noprint{display:none}.verdict{color:#000;background:#fff;border:3px solid #000}main{min-height:0}}`;

const FRAME = {
  zh: {
    site: '行政执法证件核验',
    skip: '跳到核验结果',
    other: 'English',
    about: '本页由发证管理机关提供，不收集您的个人信息。',
  },
  en: {
    site: 'Verification of enforcement certificates',
    skip: 'Skip to the result',
    other: '中文',
    about: 'Run by the authority that manages the certificates. It collects no personal data of yours.',
  },
} as const;

export interface Page {
  readonly language: Language;
  readonly title: string;
  /** HTML; everything in it is escaped by who made it. */
  readonly body: string;
  /** Where the same page is found in the other language; null where it can't be asked for again (after a form). */
  readonly path: string | null;
}

/** One request, no script, at most 50 KB with the portrait in it. */
export function pageFrame({ language, title, body, path }: Page): string {
  const words = FRAME[language];
  const other = language === 'zh' ? 'en' : 'zh';
  const link = path ?? '/v';
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex,nofollow"><meta name="referrer" content="no-referrer"><link rel="icon" href="data:,"><title>${escapeHtml(title)} · ${words.site}</title><style>${STYLE}</style></head>
<body><a class="skip" href="#result">${words.skip}</a><header><div><b>${words.site}</b><a href="${escapeHtml(link)}?lang=${other}" hreflang="${other === 'zh' ? 'zh-CN' : 'en'}" lang="${other === 'zh' ? 'zh-CN' : 'en'}">${words.other}</a></div></header>
<main id="result">${body}</main>
<footer><p>${words.about}</p></footer></body></html>
`;
}
