import { TextDecoder } from 'node:util';
import { SaxesParser } from 'saxes';
import { FileRefused, type FileLocation } from './file-refused.js';

export interface XmlHandlers {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

type PlainXml = { position: false; xmlns: false };

/** Escapes stretch a character to at most ten; more text than this between two tags is longer than any cell may be. */
const LONGEST_STRETCH = 1024 * 1024;

/**
 * A parser that is fed piece by piece and refuses what a workbook never needs. A document type is refused as such,
 * so that no entity is ever defined, let alone fetched (F05).
 */
export class XmlFeed {
  private readonly decoder = new TextDecoder('utf-8', { fatal: true });
  private readonly parser = new SaxesParser<PlainXml>({ position: false, xmlns: false });
  private stretch = 0;

  constructor(
    handlers: XmlHandlers,
    private readonly where: FileLocation | null = null,
  ) {
    this.parser.on('doctype', () => {
      throw new FileRefused('XML_FORBIDDEN', where);
    });
    this.parser.on('opentag', ({ name, attributes }) => {
      this.stretch = 0;
      handlers.open(localName(name), attributes);
    });
    this.parser.on('closetag', ({ name }) => {
      this.stretch = 0;
      handlers.close?.(localName(name));
    });
    if (handlers.text) {
      const text = handlers.text.bind(handlers);
      this.parser.on('text', text);
      this.parser.on('cdata', text);
    }
  }

  write(chunk: Buffer): void {
    this.guard(() => {
      const text = this.decoder.decode(chunk, { stream: true });
      this.stretch += text.length;
      this.parser.write(text);
      if (this.stretch > LONGEST_STRETCH) throw new FileRefused('CELL_TOO_LONG', this.where, LONGEST_STRETCH);
    });
  }

  end(): void {
    this.guard(() => {
      this.parser.write(this.decoder.decode());
      this.parser.close();
    });
  }

  private guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      // The parser quotes names and entities of the document in its messages; they stay inside.
      throw error instanceof FileRefused ? error : new FileRefused('XML_DAMAGED', this.where);
    }
  }
}

/** Some writers prefix every element (`x:row`). */
function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
}
