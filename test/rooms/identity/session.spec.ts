import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openHouse, type House } from '../../support/house.js';

describe('a session', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse({ modules: [] });
  });
  afterAll(() => house.close());

  it('tells who is signed in', async () => {
    const { status, body } = await house.as('hr').get('/auth/me');
    expect(status).toBe(200);
    expect(body).toMatchObject({ username: 'hr', roles: ['HR'], homeSubject: { id: house.root } });
  });

  it('is needed', async () => {
    const { status, body, headers } = await house.anybody('GET', '/auth/me');
    expect(status).toBe(401);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(body).toMatchObject({ code: 'NOT_SIGNED_IN', status: 401 });
  });

  it('ends with the log-out, at once', async () => {
    const person = house.as('supervisor-2');
    expect((await person.post('/auth/logout')).status).toBe(204);
    expect((await person.get('/auth/me')).status).toBe(401);
  });

  it('refuses unknown fields and never echoes input', async () => {
    const { status, body } = await house.anybody('POST', '/auth/login', {
      username: 'x',
      password: 'y',
      secret: 'z410102199001010012',
    });
    expect(status).toBe(400);
    expect(JSON.stringify(body)).not.toContain('410102199001010012');
    expect(body['errors']).toEqual([expect.objectContaining({ pointer: '/secret', code: 'UNKNOWN_FIELD' })]);
  });
});
