import type { PublicCertificateView } from './public-certificate.view.js';
import { VERDICTS, type PublicVerdict } from './verdicts.js';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);

const STYLE = `body{margin:0;font:18px/1.6 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;color:#1f1f1f;background:#fff}
main{max-width:36rem;margin:0 auto;padding:1rem}
h1{font-size:1.1rem;font-weight:600}
.verdict{border:3px solid;border-radius:.5rem;padding:1rem;font-size:1.6rem;font-weight:700}
.verdict span{display:block;font-size:1rem;font-weight:400}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.4rem 1rem}
dt{color:#595959}dd{margin:0;overflow-wrap:anywhere}
footer{color:#595959;font-size:.9rem}`;

const row = (zh: string, en: string, value: string | null): string =>
  value === null || value === '' ? '' : `<dt>${zh}<br><small lang="en">${en}</small></dt><dd>${escapeHtml(value)}</dd>`;

const TYPE_NAMES: Readonly<Record<string, string>> = {
  ENFORCEMENT: '行政执法证',
  SUPERVISION: '行政执法监督证',
  MINISTRY: '部颁证件',
};

interface Sign {
  readonly zh: string;
  readonly en: string;
  readonly icon: string;
  readonly colour: string;
}

/** The page behind the printed QR: no script, one request, the verdict as word, icon and colour. */
export function verificationPage(certificate: PublicCertificateView | null, checkedAt: string): string {
  const sign: Sign = certificate
    ? VERDICTS[certificate.verdict as PublicVerdict]
    : { zh: '查无此证', en: 'No such certificate', icon: '✖', colour: '#a8071a' };
  const rows = certificate
    ? [
        row('证号', 'Number', certificate.certificateNo),
        row('证件', 'Kind', TYPE_NAMES[certificate.type] ?? certificate.type),
        row('姓名', 'Name', certificate.name),
        row('单位', 'Unit', certificate.unit),
        row('岗位', 'Post', certificate.post),
        row('执法领域', 'Fields', certificate.domains.join('、')),
        row('执法区域', 'Area', certificate.area),
        row('发证机关', 'Issuer', certificate.issuer),
        row('有效期', 'Valid', certificate.validFrom && `${certificate.validFrom} — ${certificate.validTo ?? ''}`),
      ].join('')
    : '';
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>${sign.zh} · 行政执法证件核验</title><style>${STYLE}</style></head>
<body><main><h1>行政执法证件核验 <small lang="en">Verification of an enforcement certificate</small></h1>
<p class="verdict" role="status" style="color:${sign.colour};border-color:${sign.colour}"><b aria-hidden="true">${sign.icon}</b> ${sign.zh}<span lang="en">${sign.en}</span></p>
<dl>${rows}</dl>
<footer><p>核验时间 <span lang="en">Checked at</span> ${escapeHtml(checkedAt)}</p>
<p>请核对页面地址与持证人本人。<span lang="en">Compare the address of this page and the person before you.</span></p></footer>
</main></body></html>
`;
}
