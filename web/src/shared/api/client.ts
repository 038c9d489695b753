import createClient, { type Middleware } from 'openapi-fetch';
import { randomKey } from '../lib/ids';
import { ApiProblem } from './problem';
import type { components, paths } from './schema.gen';
import { connection } from './connection';

/** The answers of the server by their names in the API document: `View<'OfficerView'>`. */
export type View<Name extends keyof components['schemas']> = components['schemas'][Name];

const edge: Middleware = {
  onRequest({ request }) {
    // The same command twice in a row does the thing once: the server keeps the answer under this key.
    if (request.method === 'POST' && !request.headers.has('idempotency-key')) {
      request.headers.set('idempotency-key', randomKey());
    }
    return request;
  },
  async onResponse({ response }) {
    connection.reached();
    if (response.ok) return undefined;
    throw await problemOf(response);
  },
  onError({ error }) {
    if (error instanceof DOMException && error.name === 'AbortError') return error;
    connection.lost();
    return new ApiProblem(0, {});
  },
};

/** @returns what the server said, or that it said nothing readable */
export async function problemOf(response: Response): Promise<ApiProblem> {
  let body: Record<string, unknown> = {};
  try {
    body = (await response.clone().json()) as Record<string, unknown>;
  } catch {
    // No problem document: the status alone is known.
  }
  return new ApiProblem(response.status, body, response.headers.get('retry-after'));
}

/** Talks to the product. Types come from its own API document; errors are thrown as ApiProblem. */
export const api = createClient<paths>({ baseUrl: '', credentials: 'same-origin' });
api.use(edge);

interface Answered<T> {
  readonly data?: T;
  readonly response: Response;
}

/** The body of an answer: `const officer = await body(api.GET('/api/v1/officers/{id}', …))`. @throws ApiProblem */
export async function body<T>(answer: Promise<Answered<T>>): Promise<NonNullable<T>> {
  return (await answer).data as NonNullable<T>;
}

/** Headers of a change of a record that was read with this version: the server refuses it with 412 when it is stale. */
export const ifMatch = (version: number): { 'If-Match': string } => ({ 'If-Match': `"${version}"` });

/** Headers that make a repetition of the same command harmless; keep one key per intention. */
export const idempotent = (key: string): { 'Idempotency-Key': string } => ({ 'Idempotency-Key': key });

/** Fetches a file (template, error workbook) and gives it to the browser under the server's name for it. @throws ApiProblem */
export async function download(path: string, fallbackName: string): Promise<void> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: 'same-origin' });
  } catch {
    connection.lost();
    throw new ApiProblem(0, {});
  }
  if (!response.ok) throw await problemOf(response);
  const disposition = response.headers.get('content-disposition') ?? '';
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  const plain = /filename="?([^";]+)"?/i.exec(disposition)?.[1];
  saveFile(await response.blob(), encoded ? decodeURIComponent(encoded) : (plain ?? fallbackName));
}

/** Lets the browser save these bytes. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
