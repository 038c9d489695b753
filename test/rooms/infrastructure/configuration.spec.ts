import { describe, expect, it } from '@jest/globals';
import { readConfig } from '../../../src/infrastructure/config/app-config.js';
import { engineOf } from '../../../src/infrastructure/database/engine.js';
import { parseStrictJson } from '../../../src/infrastructure/http/strict-json.js';

const GOOD = {
  DATABASE_URL: 'mysql://app:s3cret@127.0.0.1:3306/chizheng',
  REDIS_URL: 'redis://127.0.0.1:6379',
  KEY_FILE: '/x/keys.json',
};

describe('the configuration', () => {
  it('is read once, typed, with defaults', () => {
    expect(readConfig(GOOD)).toMatchObject({ PORT: 3000, HOST: '127.0.0.1', DEMO: false, NODE_ENV: 'development' });
    expect(readConfig({ ...GOOD, PORT: '8080', DEMO: '1' })).toMatchObject({ PORT: 8080, DEMO: true });
  });

  it.each([
    [{ DATABASE_URL: '' }, /DATABASE_URL/],
    [{ DATABASE_URL: 'postgres://x' }, /DATABASE_URL/],
    [{ REDIS_URL: 'http://x' }, /REDIS_URL/],
    [{ PORT: '70000' }, /PORT/],
    [{ PORT: 'abc' }, /PORT/],
    [{ DEMO: 'perhaps' }, /DEMO/],
    [{ LOG_LEVEL: 'loud' }, /LOG_LEVEL/],
    [{ KEY_FILE: '' }, /KEY_FILE/],
    [{ NODE_ENV: 'production', DEMO: '1' }, /DEMO must be 0/],
    [{ NODE_ENV: 'production', DATABASE_URL: 'mysql://root:s3cret@127.0.0.1/chizheng' }, /does not run as root/],
    [{ NODE_ENV: 'production', DATABASE_URL: 'mysql://app@127.0.0.1/chizheng' }, /without a password/],
  ])('refuses %j and never quotes a secret', (change, message) => {
    let said = '';
    try {
      readConfig({ ...GOOD, ...change });
    } catch (error) {
      said = (error as Error).message;
    }
    expect(said).toMatch(message);
    expect(said).not.toContain('s3cret');
  });

  it('knows its servers', () => {
    expect(engineOf('10.11.19-MariaDB-0+deb12u1')).toMatchObject({ type: 'mariadb', collation: 'utf8mb4_nopad_bin' });
    expect(engineOf('9.7.4')).toMatchObject({ type: 'mysql', collation: 'utf8mb4_0900_bin' });
    expect(engineOf('8.4.0')).toMatchObject({ type: 'mysql' });
    for (const old of ['10.6.1-MariaDB', '8.0.34', '5.7.1', '']) expect(() => engineOf(old)).toThrow(/is needed/);
  });
});

describe('the JSON parser', () => {
  it.each([
    '{"__proto__":{}}',
    '{"a":{"constructor":1}}',
    '[{"prototype":1}]',
    '{',
    '[1,]',
    '['.repeat(30) + ']'.repeat(30),
  ])('refuses %s', (text) => {
    expect(() => parseStrictJson(text)).toThrow(SyntaxError);
  });
  it('takes honest input, the last of two equal keys', () => {
    expect(parseStrictJson('{"a":[1,"{{{[[["],"b":1,"b":2}')).toEqual({ a: [1, '{{{[[['], b: 2 });
  });
});
