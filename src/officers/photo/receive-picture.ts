import type { FastifyRequest } from 'fastify';
import { inputInvalid } from '../../infrastructure/validation/validation.js';
import { Problem } from '../../kernel/problem.js';

/** Portraits out of any camera fit. */
export const PICTURE_LIMIT = 6 * 1024 * 1024;

/** Takes a multipart form with one picture in the part "file" into memory. @throws Problem 400, 413, 415 */
export async function receivePicture(request: FastifyRequest): Promise<Buffer> {
  if (!request.isMultipart())
    throw new Problem('unsupported', 'MEDIA_TYPE', 'Send the picture as multipart/form-data in the part "file".');
  let picture: Buffer | null = null;
  const parts = request.parts({ limits: { fileSize: PICTURE_LIMIT, files: 1, fields: 0, parts: 1 } });
  try {
    for await (const part of parts) {
      if (part.type !== 'file' || part.fieldname !== 'file') {
        if (part.type === 'file') part.file.resume();
        throw inputInvalid([{ pointer: '/', code: 'UNKNOWN_FIELD', detail: 'one picture in the part "file"' }]);
      }
      picture = await part.toBuffer();
    }
  } catch (error) {
    throw problemOf(error);
  }
  if (!picture || picture.length === 0)
    throw inputInvalid([{ pointer: '/file', code: 'MISSING', detail: 'the part "file" is missing or empty' }]);
  return picture;
}

function problemOf(error: unknown): unknown {
  if (error instanceof Problem) return error;
  const { code } = error as { code?: unknown };
  if (code === 'FST_REQ_FILE_TOO_LARGE')
    return new Problem('too-large', 'PHOTO_TOO_LARGE', 'The picture is larger than 6 MB. Send a smaller copy of it.');
  if (typeof code === 'string' && code.startsWith('FST_'))
    return inputInvalid([
      { pointer: '/', code: 'UNKNOWN_FIELD', detail: 'one picture in the part "file", nothing else' },
    ]);
  return new Problem('invalid', 'MULTIPART_MALFORMED', 'The form is broken or ended too early. Send it again.');
}
