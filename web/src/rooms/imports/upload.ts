import { api, body, idempotent, type View } from '../../shared/api/client';

/** As the server refuses larger ones. */
export const LARGEST_MB = 50;

const formOf = (file: File, fields: Readonly<Record<string, string>>): FormData => {
  const form = new FormData();
  // Fields first: the server knows what the file is for before it comes.
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', file, file.name);
  return form;
};

/** Was it imported before, and which kinds does its header fit? Nothing is kept. @throws ApiProblem */
export const checkFile = (file: File): Promise<View<'CheckedFileView'>> =>
  body(api.POST('/api/v1/imports/check', { body: { file: file.name }, bodySerializer: () => formOf(file, {}) }));

/** Opens an import; an error workbook opens the next round of its own one. @throws ApiProblem */
export const uploadFile = (
  { file, kind, parameters }: { file: File; kind: string; parameters: Readonly<Record<string, string>> },
  key: string,
): Promise<View<'ImportAcceptedView'>> =>
  body(
    api.POST('/api/v1/imports', {
      headers: idempotent(key),
      body: { kind, file: file.name },
      bodySerializer: () => formOf(file, { kind, parameters: JSON.stringify(parameters) }),
    }),
  );

/** Tells files apart where `JSON.stringify` of a File says nothing: another file is another intention. */
export const stampOf = ({ name, size, lastModified }: File): string => `${name}|${size}|${lastModified}`;
