/** The log of one child process: appended to a file of limited size; warnings and errors also go to standard error. */
import fs from 'node:fs';
import { StringDecoder } from 'node:string_decoder';

const LARGEST = 20 * 1024 * 1024;
const KEPT = 3;
const WARNING = 40;

export class LogFile {
  #file;
  #handle;
  #size;

  constructor(file) {
    this.#file = file;
    this.#open();
  }

  get file() {
    return this.#file;
  }

  #open() {
    this.#handle = fs.openSync(this.#file, 'a', 0o600);
    this.#size = fs.fstatSync(this.#handle).size;
  }

  #write(text) {
    try {
      if (this.#size > LARGEST) this.#rotate();
      this.#size += fs.writeSync(this.#handle, text);
    } catch (error) {
      // A full disk must not end the process that keeps the others alive.
      process.stderr.write(`${this.#file}: ${error.message}\n`);
    }
  }

  #rotate() {
    fs.closeSync(this.#handle);
    for (let number = KEPT; number > 1; number -= 1) {
      if (fs.existsSync(`${this.#file}.${number - 1}`))
        fs.renameSync(`${this.#file}.${number - 1}`, `${this.#file}.${number}`);
    }
    fs.renameSync(this.#file, `${this.#file}.1`);
    this.#open();
  }

  /** Takes whole lines from a stream of a child. `raw` streams carry no JSON: all of it is worth seeing. */
  follow(stream, { raw = false } = {}) {
    const decoder = new StringDecoder('utf8');
    let rest = '';
    const take = (text) => {
      if (text === '') return;
      this.#write(text);
      for (const line of text.split('\n'))
        if (line !== '' && (raw || isWarning(line))) process.stderr.write(`${line}\n`);
    };
    stream.on('data', (bytes) => {
      const text = rest + decoder.write(bytes);
      const end = text.lastIndexOf('\n') + 1;
      rest = text.slice(end);
      take(text.slice(0, end));
    });
    stream.on('end', () => take(rest === '' ? '' : `${rest}\n`));
  }
}

/** Level as a number (pino) or as a word. */
function isWarning(line) {
  const level = /"level":\s*(?:(\d+)|"(\w+)")/.exec(line);
  if (!level) return false;
  return level[1] ? Number(level[1]) >= WARNING : /^(warn|error|fatal)/i.test(level[2]);
}
