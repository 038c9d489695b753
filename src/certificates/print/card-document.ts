import PDFDocument from 'pdfkit';
import type { PrintFonts } from '../../infrastructure/print/print-fonts.js';
import type { CardContent, CardForm } from './card-content.js';
import { CARD, CardFace, mm } from './card-face.js';

export const PER_SHEET = 8;
const COLUMNS = 2;
const A4 = { width: 210, height: 297 } as const;
const GAP = { x: 6, y: 8 } as const;
const ROWS = PER_SHEET / COLUMNS;
const LEFT = (A4.width - COLUMNS * CARD.width - (COLUMNS - 1) * GAP.x) / 2;
const TOP = (A4.height - ROWS * CARD.height - (ROWS - 1) * GAP.y) / 2;

/**
 * A growing PDF: pages leave as soon as they are drawn, so the memory stays the same whatever the number of cards. The embedded
 * font holds only the characters that were used.
 */
export class CardDocument {
  private readonly doc: PDFKit.PDFDocument;
  private readonly face: CardFace;

  /** @param onData gets the PDF, piece by piece @param onEnd is called when all of it was given */
  constructor(
    private readonly form: CardForm,
    fonts: PrintFonts,
    onData: (piece: Uint8Array) => void,
    onEnd: () => void,
  ) {
    this.doc = new PDFDocument({
      autoFirstPage: false,
      // Only fonts that are embedded: without this a built-in one is parsed for nothing.
      font: null as unknown as string,
      margin: 0,
      compress: true,
      lang: 'zh-CN',
      displayTitle: true,
      info: { Title: '行政执法证件', Creator: 'Chizheng', Producer: 'Chizheng' },
    });
    this.doc.on('data', onData);
    this.doc.on('end', onEnd);
    this.face = new CardFace(this.doc, fonts);
  }

  /** Draws some cards: at most a sheet at a time. */
  add(cards: readonly CardContent[]): void {
    if (this.form === 'SHEET') this.sheet(cards);
    else for (const card of cards) this.single(card);
  }

  end(): void {
    this.doc.end();
  }

  private single(card: CardContent): void {
    const size: [number, number] = [mm(CARD.width), mm(CARD.height)];
    this.doc.addPage({ size, margin: 0 });
    this.face.front(card);
    this.doc.addPage({ size, margin: 0 });
    this.face.back(card);
  }

  /** Fronts, then their backs with left and right changed, so that both meet when the sheet is turned over its long edge. */
  private sheet(cards: readonly CardContent[]): void {
    for (const side of ['front', 'back'] as const) {
      this.doc.addPage({ size: 'A4', margin: 0 });
      cards.slice(0, PER_SHEET).forEach((card, place) => {
        const column = side === 'front' ? place % COLUMNS : COLUMNS - 1 - (place % COLUMNS);
        const x = LEFT + column * (CARD.width + GAP.x);
        const y = TOP + Math.floor(place / COLUMNS) * (CARD.height + GAP.y);
        this.doc.translate(mm(x), mm(y));
        this.face[side](card);
        this.doc.translate(-mm(x), -mm(y));
        this.cropMarks(x, y);
      });
    }
  }

  private cropMarks(x: number, y: number): void {
    const { doc } = this;
    doc.lineWidth(0.3);
    for (const cx of [x, x + CARD.width]) {
      for (const cy of [y, y + CARD.height]) {
        const [dx, dy] = [cx === x ? -1 : 1, cy === y ? -1 : 1];
        doc.moveTo(mm(cx + dx * 0.8), mm(cy)).lineTo(mm(cx + dx * 2.6), mm(cy));
        doc.moveTo(mm(cx), mm(cy + dy * 0.8)).lineTo(mm(cx), mm(cy + dy * 3));
      }
    }
    doc.stroke('#8c8c8c');
  }
}
