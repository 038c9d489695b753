import QRCode from 'qrcode';
import type { PrintFonts } from '../../infrastructure/print/print-fonts.js';
import type { CardContent } from './card-content.js';

type Pdf = PDFKit.PDFDocument;

/** ISO/IEC 7810 ID-1 in millimetres. */
export const CARD = { width: 85.6, height: 54 } as const;
export const mm = (millimetres: number): number => (millimetres * 72) / 25.4;

const NEVER_FIRST = new Set('、，。；：！？）》」』”’·');

const INK = '#1a1a1a';
const LABEL = '#5a6472';
const NAVY = '#12305c';
const RED = '#b3140f';
const GOLD = '#c9952f';
const LINE = '#c9d3e0';
const WAVE = '#e4e9ef';

interface TextBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** In points. */
  readonly size: number;
  readonly lines?: number;
  readonly isBold?: boolean;
  readonly colour?: string;
  readonly align?: 'left' | 'centre';
  /** Between characters, in points. */
  readonly spacing?: number;
}

/** Draws the two faces of a card onto a document; x and y in millimetres from the card's upper left corner. */
export class CardFace {
  private readonly registered = new Set<string>();

  constructor(
    private readonly doc: Pdf,
    private readonly fonts: PrintFonts,
  ) {}

  front(card: CardContent): void {
    this.ground();
    this.doc.rect(0, 0, mm(CARD.width), mm(9.6)).fill(NAVY);
    this.doc.rect(0, mm(9.6), mm(CARD.width), mm(0.5)).fill(GOLD);
    const white = { isBold: true, colour: '#ffffff', align: 'centre' as const };
    this.text(card.titleZh, { x: 4, y: 0.7, width: 77.6, size: 13, spacing: 3, ...white });
    this.text(card.titleEn, { x: 4, y: 6.9, width: 77.6, size: 4.4, colour: '#dbe4f2', align: 'centre' });
    this.photo(card.photo, 4.6, 13.2, 24, 29.6);
    this.fields(card);
    this.qr(card.url, 63.2, 31.2, 18.4);
    this.text(`证号 No.`, { x: 4.6, y: 44.6, width: 12, size: 4.6, colour: LABEL });
    this.text(card.number, { x: 4.6, y: 47, width: 40, size: 9.5, isBold: true, colour: RED, spacing: 0.6 });
    this.text(card.code, { x: 61.2, y: 50.2, width: 22.4, size: 5, colour: LABEL, align: 'centre' });
  }

  back(card: CardContent): void {
    this.ground();
    this.emblemPlace(CARD.width / 2, 12.2, 7.2);
    this.text(card.titleZh, {
      x: 4,
      y: 21,
      width: 77.6,
      size: 15,
      isBold: true,
      colour: RED,
      align: 'centre',
      spacing: 4,
    });
    this.text(card.titleEn, { x: 4, y: 27.8, width: 77.6, size: 5.6, colour: NAVY, align: 'centre' });
    this.text(`${card.supervisedBy}监制`, {
      x: 4,
      y: 31.6,
      width: 77.6,
      size: 8,
      colour: INK,
      align: 'centre',
      spacing: 1.4,
    });
    this.doc
      .moveTo(mm(10), mm(37.2))
      .lineTo(mm(CARD.width - 10), mm(37.2))
      .lineWidth(0.4)
      .stroke(GOLD);
    const line = { x: 10, width: 65.6, size: 6.4, colour: INK };
    this.text(`发证机关\u3000${card.issuer}`, { ...line, y: 38.4 });
    this.text(`有效期限\u3000${chineseDate(card.validFrom)} 至 ${chineseDate(card.validTo)}`, { ...line, y: 42 });
    const hint =
      '持证执法时应主动出示。扫描正面二维码或登录公示网页可核验真伪；本证仅限本人在核定区域和领域内使用，不得涂改、转借。';
    this.text(hint, { x: 10, y: 46, width: 65.6, size: 4.8, lines: 2, colour: LABEL });
  }

  private fields(card: CardContent): void {
    const x = 32.4;
    this.field('姓名', x, 12.8);
    this.text(card.name, {
      x: x + 9,
      y: 11.9,
      width: 27,
      size: 10.5,
      isBold: true,
      colour: INK,
      lines: 1,
      spacing: 0.8,
    });
    this.field('性别', x + 37.6, 12.8);
    this.text(card.sex, { x: x + 45.4, y: 12.5, width: 5, size: 8, colour: INK });
    this.field('执法单位', x, 18.6);
    this.text(card.unit, { x: x + 9, y: 18.1, width: 40.6, size: 7.6, lines: 2, colour: INK });
    this.field('执法区域', x, 26.2);
    this.text(card.area, { x: x + 9, y: 25.8, width: 40.6, size: 7.2, lines: 1, colour: INK });
    this.field('执法领域', x, 31.6);
    this.text(card.domains, { x: x + 9, y: 31.2, width: 20.6, size: 6.4, lines: 3, colour: INK });
    this.field('有效期', x, 41.4);
    this.text(`${card.validFrom}\n至 ${card.validTo}`, {
      x: x + 9,
      y: 40.9,
      width: 20.6,
      size: 6.4,
      lines: 2,
      colour: INK,
    });
  }

  private field(label: string, x: number, y: number): void {
    this.text(label, { x, y, width: 9, size: 4.9, colour: LABEL });
  }

  /** White ground with fine lines: a copy shows them broken. */
  private ground(): void {
    const { doc } = this;
    doc.rect(0, 0, mm(CARD.width), mm(CARD.height)).fill('#ffffff');
    doc.lineWidth(0.18);
    for (let i = 0; i < 13; i++) {
      const y = mm(4 + i * 4);
      const swing = mm(i % 2 === 0 ? 3 : -3);
      doc
        .moveTo(0, y)
        .bezierCurveTo(mm(28), y + swing, mm(57), y - swing, mm(CARD.width), y)
        .stroke(WAVE);
    }
  }

  private photo(photo: Uint8Array | null, x: number, y: number, width: number, height: number): void {
    const { doc } = this;
    if (photo) {
      doc.image(Buffer.from(photo.buffer, photo.byteOffset, photo.byteLength), mm(x), mm(y), {
        width: mm(width),
        height: mm(height),
      });
    } else {
      doc.rect(mm(x), mm(y), mm(width), mm(height)).fill('#f3f5f8');
      this.text('照片', { x, y: y + height / 2 - 2, width, size: 8, colour: LABEL, align: 'centre' });
    }
    doc.rect(mm(x), mm(y), mm(width), mm(height)).lineWidth(0.5).stroke(LINE);
  }

  /** As rectangles: sharp in any size. A quiet zone of four modules lies in the white around it. */
  private qr(url: string, x: number, y: number, size: number): void {
    const { doc } = this;
    const { data, size: modules } = QRCode.create(url, { errorCorrectionLevel: 'M' }).modules;
    const module = mm(size) / modules;
    const quiet = 2 * module;
    doc.rect(mm(x) - quiet, mm(y) - quiet, mm(size) + 2 * quiet, mm(size) + 2 * quiet).fill('#ffffff');
    for (let row = 0; row < modules; row++) {
      for (let from = 0; from < modules; from++) {
        if (!data[row * modules + from]) continue;
        let to = from;
        while (to < modules && data[row * modules + to]) to++;
        doc.rect(mm(x) + from * module, mm(y) + row * module, (to - from) * module, module);
        from = to;
      }
    }
    doc.fill('#000000');
  }

  /** The national emblem is pre-printed on the card's material (国徽法 restricts drawing it): its place is marked. */
  private emblemPlace(x: number, y: number, radius: number): void {
    const { doc } = this;
    doc.circle(mm(x), mm(y), mm(radius)).lineWidth(1.1).stroke(GOLD);
    doc.circle(mm(x), mm(y), mm(radius - 0.9)).fill('#fbf3e2');
    this.text('国徽', { x: x - 6, y: y - 2.5, width: 12, size: 8, isBold: true, colour: GOLD, align: 'centre' });
    this.text('预印位置', { x: x - 6, y: y + 1.2, width: 12, size: 3.6, colour: GOLD, align: 'centre' });
  }

  /** Breaks between any two characters, as Chinese does, and grows smaller where it must; a long text never leaves its box. */
  private text(text: string, box: TextBox): void {
    const { isBold = false, lines = 1, spacing = 0 } = box;
    const room = mm(box.width);
    let { size } = box;
    let broken = this.broken(text, room, size, isBold, spacing);
    while (broken.length > lines && size > 3.4) {
      size -= 0.2;
      broken = this.broken(text, room, size, isBold, spacing);
    }
    const leading = size * 1.28;
    broken.slice(0, lines).forEach((line, i) => {
      const width = this.widthOf(line, size, isBold, spacing);
      const start = mm(box.x) + (box.align === 'centre' ? (room - width + spacing) / 2 : 0);
      this.line(line, start, mm(box.y) + i * leading, size, isBold, box.colour ?? INK, spacing);
    });
  }

  private broken(text: string, room: number, size: number, isBold: boolean, spacing: number): string[] {
    return text.split('\n').flatMap((paragraph) => {
      const lines: string[] = [];
      let line = '';
      for (const char of paragraph) {
        if (line !== '' && this.widthOf(line + char, size, isBold, spacing) > room + 0.01) {
          // Such a sign never begins a line: the character before it goes along.
          const kept = NEVER_FIRST.has(char) ? ([...line].pop() ?? '') : '';
          lines.push(line.slice(0, line.length - kept.length));
          line = kept;
        }
        line += char;
      }
      return [...lines, line];
    });
  }

  private widthOf(text: string, size: number, isBold: boolean, spacing: number): number {
    return this.fonts.width(text, isBold) * size + spacing * [...text].length;
  }

  private line(
    text: string,
    x: number,
    y: number,
    size: number,
    isBold: boolean,
    colour: string,
    spacing: number,
  ): void {
    let at = x;
    for (const run of this.fonts.runs(text, isBold)) {
      this.register(run.fontKey);
      this.doc
        .font(run.fontKey)
        .fontSize(size)
        .fillColor(colour)
        .text(run.text, at, y, { lineBreak: false, characterSpacing: spacing });
      at += this.widthOf(run.text, size, isBold, spacing);
    }
  }

  private register(fontKey: string): void {
    if (this.registered.has(fontKey)) return;
    // The document takes a parsed font as well as a file; its types don't say so.
    this.doc.registerFont(fontKey, this.fonts.font(fontKey) as unknown as PDFKit.Mixins.PDFFontSource);
    this.registered.add(fontKey);
  }
}

function chineseDate(date: string): string {
  const [year, month, day] = date.split('-').map(Number);
  return `${year}年${month}月${day}日`;
}
