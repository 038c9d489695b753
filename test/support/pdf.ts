import { inflateSync } from 'node:zlib';

export interface ReadPdf {
  /** In millimetres, to a tenth. */
  readonly pages: readonly { readonly width: number; readonly height: number }[];
  readonly fonts: readonly { readonly embedded: boolean; readonly subset: boolean }[];
  readonly images: number;
  readonly text: string;
}

/** A reader of its own for the PDFs of the product: objects, streams, and the text by way of each font's ToUnicode map. */
export function readPdf(file: Buffer): ReadPdf {
  const source = file.toString('latin1');
  const objects = new Map<string, { readonly head: string; readonly stream: string | null }>();
  for (const match of source.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const [, id = '', body = ''] = match;
    const at = body.indexOf('stream\n');
    if (at < 0) {
      objects.set(id, { head: body, stream: null });
      continue;
    }
    const head = body.slice(0, at);
    const length = Number(/\/Length (\d+)/.exec(head)?.[1] ?? 0);
    const raw = Buffer.from(body.slice(at + 7, at + 7 + length), 'latin1');
    const stream = head.includes('/FlateDecode') ? inflateSync(raw).toString('latin1') : raw.toString('latin1');
    objects.set(id, { head, stream });
  }
  const all = [...objects.values()];
  const mm = (points: string): number => Math.round((Number(points) * 254) / 72) / 10;
  const pages = all
    .filter(({ head }) => /\/Type \/Page\b/.test(head))
    .map(({ head }) => /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(head))
    .map((box) => ({ width: mm(box?.[1] ?? '0'), height: mm(box?.[2] ?? '0') }));
  const descriptors = all.filter(({ head }) => head.includes('/Type /FontDescriptor'));
  const maps = new Map<string, ReadonlyMap<string, string>>();
  for (const { head } of all) {
    for (const [, name = '', id = ''] of head.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const toUnicode = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id)?.head ?? '')?.[1] ?? '';
      maps.set(name, unicodeMap(objects.get(toUnicode)?.stream ?? ''));
    }
  }
  const contents = all.filter(({ stream }) => stream !== null && /\bBT\b[\s\S]*\bTf\b/.test(stream));
  return {
    pages,
    fonts: descriptors.map(({ head }) => ({
      embedded: /\/FontFile[23]? /.test(head),
      subset: /\/FontName \/[A-Z]{6}\+/.test(head),
    })),
    images: all.filter(({ head }) => head.includes('/Subtype /Image')).length,
    text: contents.map(({ stream }) => shownText(stream ?? '', maps)).join('\n'),
  };
}

function unicodeMap(cmap: string): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  for (const [, from = '', to = '', list = ''] of cmap.matchAll(/<([0-9a-f]{4})> <([0-9a-f]{4})> \[([^\]]*)\]/gi)) {
    const texts = [...list.matchAll(/<([0-9a-f ]+)>/gi)].map(([, hex = '']) => {
      const units = hex.replaceAll(' ', '').match(/.{4}/g) ?? [];
      return String.fromCharCode(...units.map((unit) => parseInt(unit, 16)));
    });
    for (let code = parseInt(from, 16); code <= parseInt(to, 16); code++)
      map.set(code.toString(16).padStart(4, '0'), texts[code - parseInt(from, 16)] ?? '');
  }
  return map;
}

function shownText(content: string, maps: ReadonlyMap<string, ReadonlyMap<string, string>>): string {
  let font: ReadonlyMap<string, string> = new Map();
  let text = '';
  for (const [, name, array] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (name !== undefined) font = maps.get(name) ?? new Map();
    else
      for (const [, hex = ''] of (array ?? '').matchAll(/<([0-9a-f]+)>/gi))
        text += (hex.match(/.{4}/g) ?? []).map((code) => font.get(code.toLowerCase()) ?? '?').join('');
  }
  return text;
}
