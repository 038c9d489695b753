import { fileURLToPath } from 'node:url';

/** From the fastest to the slowest: rules, architecture and files need nothing, rooms and e2e need the servers, web a browser too. */
const common = {
  rootDir: import.meta.dirname,
  cacheDirectory: '<rootDir>/.data/jest',
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'es6' },
      },
    ],
  },
};
const project = (name, more = {}) => ({
  ...common,
  displayName: name,
  testMatch: [`<rootDir>/test/${name}/**/*.spec.ts`],
  ...more,
});
const nest = { setupFiles: ['reflect-metadata'] };
const served = { ...nest, setupFilesAfterEnv: ['<rootDir>/test/support/patience.ts'] };

export default {
  testSequencer: fileURLToPath(new URL('./test/support/slowest-first.mjs', import.meta.url)),
  projects: [
    project('rules'),
    project('architecture', nest),
    project('files', { setupFilesAfterEnv: ['<rootDir>/test/support/patience.ts'] }),
    project('rooms', served),
    project('e2e', served),
    project('web', served),
  ],
};
