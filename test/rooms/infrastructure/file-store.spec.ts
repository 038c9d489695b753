import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FileStore } from '../../../src/infrastructure/files/file-store.js';
import { openHouse, type House } from '../../support/house.js';

describe('the file store', () => {
  let house: House;
  let store: FileStore;
  beforeAll(async () => {
    house = await openHouse({ modules: [] });
    store = house.app.get(FileStore);
  });
  afterAll(() => house.close());
  const SECRET = '410102199001010012';

  it('keeps files encrypted, lends them in clear for as long as the work lasts', async () => {
    const { key, size } = await store.put(Readable.from([Buffer.from(`name,${SECRET}\n`)]));
    expect(size).toBe(24);
    expect(readFileSync(join(house.dataDir, 'files', key)).includes(SECRET)).toBe(false);
    const text = await store.lend(key, '.csv', async (path) => readFileSync(path, 'utf8'));
    expect(text).toBe(`name,${SECRET}\n`);
    expect(readdirSync(join(house.dataDir, 'tmp'))).toEqual([]);
  });

  it('refuses a file that was altered, and leaves nothing of it', async () => {
    const { key } = await store.put(Readable.from([Buffer.from('hello')]));
    const path = join(house.dataDir, 'files', key);
    const bytes = readFileSync(path);
    bytes[14] = (bytes[14] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    await expect(store.lend(key, '.csv', async () => 'read')).rejects.toThrow();
    expect(readdirSync(join(house.dataDir, 'tmp'))).toEqual([]);
  });

  it('keeps nothing of an upload that broke off', async () => {
    const before = readdirSync(join(house.dataDir, 'files')).length;
    const broken = Readable.from(
      (function* () {
        yield Buffer.from('half');
        throw new Error('cut');
      })(),
    );
    await expect(store.put(broken)).rejects.toThrow('cut');
    expect(readdirSync(join(house.dataDir, 'files'))).toHaveLength(before);
  });

  it('removes what a killed process left in clear, and nothing that is in use', async () => {
    mkdirSync(join(house.dataDir, 'tmp'), { recursive: true });
    const old = join(house.dataDir, 'tmp', 'old.csv');
    writeFileSync(old, SECRET);
    utimesSync(old, new Date(Date.now() - 3_600_000), new Date(Date.now() - 3_600_000));
    writeFileSync(join(house.dataDir, 'tmp', 'new.csv'), SECRET);
    await house.drain();
    expect(readdirSync(join(house.dataDir, 'tmp'))).toEqual(['new.csv']);
  });
});
