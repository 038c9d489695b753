import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font, type GlyphRun } from 'fontkit';

/** A font file, and the name of the one meant in a collection (.ttc). */
export interface FontSource {
  readonly path: string;
  readonly name?: string;
}

export interface FontList {
  /** The first is tried first; a character that it lacks is looked for in the next. */
  readonly regular: readonly FontSource[];
  /** The first bold font; its gaps are filled from `regular`. */
  readonly bold: readonly FontSource[];
}

interface OpenFont {
  /** As it is registered in a document. */
  readonly key: string;
  readonly font: Font;
}

/** Where a character is taken from. */
interface Place {
  readonly font: OpenFont;
  /** False when no font has it: `font` then shows a box. */
  readonly isThere: boolean;
  /** At size 1. */
  readonly width: number;
}

/** A stretch of text that one font can show. */
export interface TextRun {
  readonly text: string;
  readonly fontKey: string;
}

const PACKAGE = '@expo-google-fonts/noto-sans-sc';
/** Where Debian's fonts-noto-cjk puts its collection: 44,810 characters where the first font has 30,890. Not needed. */
const DEBIAN = '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc#NotoSansCJKsc-Regular';

/** Takes the setting CARD_FONTS: files, divided by `;`, tried after the product's own font. A collection is written `file.ttc#Name`. */
export function fontList(setting: string | undefined): FontList {
  const find = createRequire(import.meta.url);
  const own = (file: string): FontSource => ({ path: find.resolve(`${PACKAGE}/${file}`) });
  const more = (setting ?? DEBIAN)
    .split(';')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map((entry): FontSource => {
      const [path = '', name] = entry.split('#');
      return name === undefined ? { path } : { path, name };
    });
  return {
    regular: [own('400Regular/NotoSansSC_400Regular.ttf'), ...more],
    bold: [own('700Bold/NotoSansSC_700Bold.ttf')],
  };
}

/** The fonts of printed cards. Files are opened when first needed: the last ones hardly ever are. */
export class PrintFonts {
  private readonly opened = new Map<FontSource, OpenFont | null>();
  /** At most as many as there are characters. */
  private readonly places = { bold: new Map<string, Place>(), regular: new Map<string, Place>() };

  constructor(private readonly list: FontList) {}

  /** The characters of a text that no font can show, each once. What has no shape of its own (a blank) is never missing. */
  missing(text: string): string[] {
    return [...new Set(text)].filter((char) => char.trim() !== '' && !this.placeOf(char, false).isThere);
  }

  /** Cuts a text into stretches of one font each; a character that no font has goes to the first, which shows a box. */
  runs(text: string, isBold: boolean): TextRun[] {
    const runs: { text: string; fontKey: string }[] = [];
    for (const char of text) {
      const fontKey = this.placeOf(char, isBold).font.key;
      const last = runs.at(-1);
      if (last?.fontKey === fontKey) last.text += char;
      else runs.push({ text: char, fontKey });
    }
    return runs;
  }

  /** Width of a text at size 1. */
  width(text: string, isBold: boolean): number {
    let width = 0;
    for (const char of text) width += this.placeOf(char, isBold).width;
    return width;
  }

  /** The font that a run names, parsed once for all documents: parsing takes longer than drawing a card. */
  font(fontKey: string): Font {
    const found = [...this.opened.values()].find((font) => font?.key === fontKey);
    if (!found) throw new Error(`no font ${fontKey} is open`);
    return found.font;
  }

  private placeOf(char: string, isBold: boolean): Place {
    const known = this.places[isBold ? 'bold' : 'regular'];
    const before = known.get(char);
    if (before) return before;
    const found = this.fontOf(char, isBold);
    const shown = found ?? this.first(isBold);
    const { advanceWidth } = shown.font.glyphForCodePoint(char.codePointAt(0) ?? 0);
    const place = { font: shown, isThere: found !== null, width: advanceWidth / shown.font.unitsPerEm };
    known.set(char, place);
    return place;
  }

  private first(isBold: boolean): OpenFont {
    const [source] = isBold ? this.list.bold : this.list.regular;
    const font = source && this.open(source);
    if (!font) throw new Error('the first font of printed cards can not be read');
    return font;
  }

  private fontOf(char: string, isBold: boolean): OpenFont | null {
    const codePoint = char.codePointAt(0) ?? 0;
    for (const source of isBold ? [...this.list.bold, ...this.list.regular] : this.list.regular) {
      const font = this.open(source);
      if (font?.font.hasGlyphForCodePoint(codePoint)) return font;
    }
    return null;
  }

  /** Null for a fallback that is not on this machine. */
  private open(source: FontSource): OpenFont | null {
    const known = this.opened.get(source);
    if (known !== undefined) return known;
    const opened = read(source, `f${this.opened.size + 1}`);
    this.opened.set(source, opened);
    return opened;
  }
}

function read({ path, name }: FontSource, key: string): OpenFont | null {
  try {
    return { key, font: characterByCharacter(create(readFileSync(path), name) as Font) };
  } catch {
    return null;
  }
}

/**
 * The same font that sets one glyph a character, as widths are reckoned here. The scripts of its characters join nothing, and looking
 * for what could be joined takes longer than drawing.
 */
function characterByCharacter(font: Font): Font {
  const layout = (text: string): Pick<GlyphRun, 'glyphs' | 'positions' | 'advanceWidth'> => {
    const glyphs = Array.from(text, (char) => font.glyphForCodePoint(char.codePointAt(0) ?? 0));
    const positions = glyphs.map(({ advanceWidth }) => ({
      xAdvance: advanceWidth,
      yAdvance: 0,
      xOffset: 0,
      yOffset: 0,
    }));
    return { glyphs, positions, advanceWidth: glyphs.reduce((sum, glyph) => sum + glyph.advanceWidth, 0) };
  };
  return Object.create(font, { layout: { value: layout } }) as Font;
}
