import { extname } from 'node:path';
import type { MultipartFile } from '@fastify/multipart';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { FILE_LIMIT } from '../../infrastructure/http/create-app.js';
import type { StoredFile } from '../../infrastructure/files/file-store.js';
import { FileRefused, type FileRefusalCode } from '../../infrastructure/files/index.js';
import { inputInvalid } from '../../infrastructure/validation/validation.js';
import { Problem, type InputError } from '../../kernel/problem.js';
import { UploadedFiles } from './uploaded-files.js';

export interface Upload {
  readonly file: StoredFile & { readonly name: string };
  readonly fields: ReadonlyMap<string, string>;
}

const LONGEST_NAME = 200;

/** Takes a multipart form with one file and the named text fields, in any order; the file is stored encrypted at once. */
@Injectable()
export class ReceiveUpload {
  constructor(private readonly files: UploadedFiles) {}

  /** Nothing stays behind when it throws. @throws Problem 400, 413, 415 */
  async execute(request: FastifyRequest, names: readonly string[]): Promise<Upload> {
    if (!request.isMultipart()) {
      throw new Problem('unsupported', 'MEDIA_TYPE', 'Send the file as multipart/form-data.');
    }
    const form = new Form(names);
    let file: Upload['file'] | null = null;
    try {
      for await (const part of partsOf(request)) {
        if (part.type === 'field') form.field(part);
        else if (form.file(part)) file = { ...(await this.store(part)), name: plainName(part.filename) };
        else part.file.resume();
      }
      form.refuseFaults(file);
      if (!file) throw new Error('a form without a file passed');
      return { file, fields: form.fields };
    } catch (error) {
      if (file) await this.files.discard(file.key);
      throw error;
    }
  }

  private async store(part: MultipartFile): Promise<StoredFile> {
    let stored: StoredFile;
    try {
      stored = await this.files.store(part.file);
    } catch (error) {
      // A broken form shows as a broken stream; anything else is a fault of the store.
      throw part.file.errored || !part.file.readableEnded ? malformed() : error;
    }
    if (!part.file.truncated) return stored;
    await this.files.discard(stored.key);
    throw fileProblem(new FileRefused('FILE_TOO_LARGE', null, FILE_LIMIT), 'too-large');
  }
}

type Part = FastifyRequest extends { parts(): AsyncIterableIterator<infer P> } ? P : never;
type FieldPart = Exclude<Part, MultipartFile>;

/** Everything that is wrong with a form, so that the rest of the body can be taken in before it is refused. */
class Form {
  readonly fields = new Map<string, string>();
  private readonly errors: InputError[] = [];
  private files = 0;
  private wrongType: FileRefusalCode | null = null;

  constructor(private readonly names: readonly string[]) {}

  field({ fieldname, value, valueTruncated, fieldnameTruncated }: FieldPart): void {
    if (fieldnameTruncated || !this.names.includes(fieldname)) this.fault(fieldname, 'UNKNOWN_FIELD', 'unknown part');
    else if (this.fields.has(fieldname)) this.fault(fieldname, 'DUPLICATE_FIELD', 'this part came twice');
    else if (typeof value !== 'string' || valueTruncated)
      this.fault(fieldname, 'TEXT', 'must be text of at most 16 KB');
    else this.fields.set(fieldname, value);
  }

  /** True when this file is to be kept. */
  file({ fieldname, filename }: MultipartFile): boolean {
    this.files += 1;
    if (fieldname !== 'file') this.fault(fieldname, 'UNKNOWN_FIELD', 'the file comes in the part "file"');
    else if (this.files > 1) this.fault('file', 'DUPLICATE_FIELD', 'one file at a time');
    else this.wrongType = refusalOf(extname(filename).toLowerCase());
    return this.errors.length === 0 && this.wrongType === null;
  }

  refuseFaults(file: StoredFile | null): void {
    if (this.errors.length > 0) throw inputInvalid(this.errors);
    if (this.wrongType) throw fileProblem(new FileRefused(this.wrongType), 'unsupported');
    if (!file) throw inputInvalid([{ pointer: '/file', code: 'MISSING', detail: 'the part "file" is missing' }]);
    if (file.size === 0) throw fileProblem(new FileRefused('FILE_EMPTY'), 'invalid');
  }

  private fault(name: string, code: string, detail: string): void {
    this.errors.push({ pointer: `/${name.slice(0, 80)}`, code, detail });
  }
}

/** What is known to be refused by its name alone is told with its cure; null when the content has to be looked at. */
function refusalOf(extension: string): FileRefusalCode | null {
  if (extension === '.xlsx' || extension === '.csv') return null;
  if (extension === '.xls' || extension === '.et') return 'FILE_OLD_EXCEL';
  return extension === '.xlsm' || extension === '.xltm' ? 'FILE_MACRO' : 'FILE_TYPE';
}

async function* partsOf(request: FastifyRequest): AsyncGenerator<Part> {
  const parts = request.parts();
  for (;;) {
    let next: IteratorResult<Part>;
    try {
      next = await parts.next();
    } catch (error) {
      // Fastify's own limits carry their status; the parser's errors are plain.
      const { statusCode } = error as { statusCode?: unknown };
      throw typeof statusCode === 'number' ? error : malformed();
    }
    if (next.done) return;
    yield next.value;
  }
}

const malformed = (): Problem =>
  new Problem(
    'invalid',
    'MULTIPART_MALFORMED',
    'The multipart body is broken or ended too early. Send the file again.',
  );

/** A refused file as the answer of a request. */
export const fileProblem = (refusal: FileRefused, kind: 'invalid' | 'unsupported' | 'too-large'): Problem =>
  new Problem(kind, refusal.code, refusal.detail.zh);

/** For showing only: no path, nothing that writes to the left or controls a terminal. */
export function plainName(name: string): string {
  const bare = name.split(/[\\/]/).at(-1) ?? '';
  const clean = bare.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, '').trim();
  const extension = extname(clean).slice(0, 10);
  const stem = [...clean.slice(0, clean.length - extension.length)].slice(0, LONGEST_NAME).join('');
  return `${stem === '' ? 'file' : stem}${extension}`;
}
