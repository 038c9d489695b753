/**
 * Writes src/shared/api/schema.gen.ts, the types of the client, from the product's own description. Lint, type check, build and
 * development begin with it, so the client never differs from docs/openapi.json; that this file is what the running product
 * says is checked by test/web.
 */
import fs from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';

const source = new URL('../../docs/openapi.json', import.meta.url);
const target = new URL('../src/shared/api/schema.gen.ts', import.meta.url);

const document = JSON.parse(fs.readFileSync(source, 'utf8'));
const answers = Object.values(document.paths).flatMap(Object.values);
const untyped = answers.filter(({ responses }) => {
  const good = responses['200'] ?? responses['201'] ?? responses['202'];
  return good && !good.content && !responses['204'];
});
if (untyped.length > answers.length / 4) {
  console.error(
    'docs/openapi.json describes hardly any answer: write it from a whole build (npx nest build, npm run api:write).',
  );
  process.exit(1);
}
const text = `// Made by scripts/api.mjs from docs/openapi.json. Never edited by hand.\n/* eslint-disable */\n${astToString(await openapiTS(document))}`;

// Written only when it changed: what watches it need not wake up.
if (!fs.existsSync(target) || fs.readFileSync(target, 'utf8') !== text) fs.writeFileSync(target, text);
console.log(`${Object.keys(document.paths).length} paths in src/shared/api/schema.gen.ts`);
