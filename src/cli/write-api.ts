import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** `cli api`: what the application offers, as files whose diff shows every change. */
export async function writeApi(folder: string, document: object, routes: readonly string[]): Promise<string> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'openapi.json'), `${JSON.stringify(document, null, 2)}\n`);
  await writeFile(join(folder, 'routes.txt'), `${routes.join('\n')}\n`);
  return `${routes.length} routes written to ${folder}/openapi.json and ${folder}/routes.txt`;
}
