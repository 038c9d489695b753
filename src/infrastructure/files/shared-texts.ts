import { FileRefused } from './file-refused.js';
import type { ReaderLimits } from './reader-types.js';
import type { XmlHandlers } from './xml-feed.js';
import { decodeEscapes } from './text-safety.js';

const BLOCK_BYTES = 1024 * 1024;

/**
 * The texts that cells refer to by number, kept as bytes outside the JavaScript heap: 800,000 strings as objects would
 * alone fill the memory the reading process may have.
 */
export class SharedTexts {
  private readonly blocks: Buffer[] = [];
  private used = BLOCK_BYTES;
  private starts = new Uint32Array(1024);
  private lengths = new Uint32Array(1024);
  private bytes = 0;
  count = 0;

  constructor(private readonly limits: ReaderLimits) {}

  add(text: string): void {
    if (text.length > this.limits.maxCellLength)
      throw new FileRefused('CELL_TOO_LONG', null, this.limits.maxCellLength);
    if (this.count >= this.limits.maxSharedTexts)
      throw new FileRefused('TOO_MANY_TEXTS', null, this.limits.maxSharedTexts);
    // Three bytes are the most that one UTF-16 unit takes. An empty text needs a place inside a block too.
    if (this.used + text.length * 3 >= BLOCK_BYTES) this.addBlock();
    if (this.count === this.starts.length) this.grow();
    const block = this.blocks.length - 1;
    const written = this.blocks[block]!.write(text, this.used, 'utf8');
    this.starts[this.count] = block * BLOCK_BYTES + this.used;
    this.lengths[this.count] = written;
    this.count += 1;
    this.used += written;
    this.bytes += written;
    if (this.bytes > this.limits.maxSharedTextBytes) {
      throw new FileRefused('TOO_MANY_TEXTS', null, this.limits.maxSharedTextBytes);
    }
  }

  at(index: number): string | null {
    if (!Number.isInteger(index) || index < 0 || index >= this.count) return null;
    const start = this.starts[index]!;
    const offset = start % BLOCK_BYTES;
    return this.blocks[Math.floor(start / BLOCK_BYTES)]!.toString('utf8', offset, offset + this.lengths[index]!);
  }

  private addBlock(): void {
    this.blocks.push(Buffer.allocUnsafeSlow(BLOCK_BYTES));
    this.used = 0;
  }

  private grow(): void {
    const starts = new Uint32Array(this.starts.length * 2);
    const lengths = new Uint32Array(this.lengths.length * 2);
    starts.set(this.starts);
    lengths.set(this.lengths);
    this.starts = starts;
    this.lengths = lengths;
  }
}

/** Collects `si` elements; the reading aid in `rPh` is not part of the text. */
export class SharedTextsParser implements XmlHandlers {
  private text_ = '';
  private inText = false;
  private aids = 0;

  constructor(
    private readonly texts: SharedTexts,
    private readonly limits: ReaderLimits,
  ) {}

  open(name: string): void {
    if (name === 'si') this.text_ = '';
    else if (name === 'rPh') this.aids += 1;
    else if (name === 't') this.inText = this.aids === 0;
  }

  text(text: string): void {
    if (!this.inText) return;
    this.text_ += text;
    // Escapes shrink when decoded, so only what is far beyond the limit is stopped while it grows.
    if (this.text_.length > this.limits.maxCellLength * 7) {
      throw new FileRefused('CELL_TOO_LONG', null, this.limits.maxCellLength);
    }
  }

  close(name: string): void {
    if (name === 't') this.inText = false;
    else if (name === 'rPh') this.aids -= 1;
    else if (name === 'si') this.texts.add(decodeEscapes(this.text_));
  }
}
