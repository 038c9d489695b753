import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Notifications } from '../../../src/identity/index.js';
import { openHouse, type House } from '../../support/house.js';

interface Notice {
  id: string;
  summary: string;
  readAt: string | null;
}
interface List {
  items: Notice[];
  nextCursor: string | null;
}

describe('notifications', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse({ modules: [] });
    const notices = ['one', 'two', 'three'].map((summary) => ({
      accountId: house.as('hr').actor.accountId,
      kind: 'deployment.recalled',
      targetType: 'deployment',
      targetId: house.root,
      summary,
    }));
    await house.uow.run(() => house.app.get(Notifications).tell(notices, Date.parse('2026-06-15T04:00:00Z')));
  }, 60_000);
  afterAll(() => house.close());

  it('are read by whom they are for, over pages', async () => {
    const one = await house.as('hr').get<List>('/notifications?limit=2');
    expect(one.body.items.map(({ summary }) => summary)).toEqual(['one', 'two']);
    const two = await house.as('hr').get<List>(`/notifications?limit=2&cursor=${one.body.nextCursor}`);
    expect(two.body).toMatchObject({
      items: [{ summary: 'three', createdAt: '2026-06-15T04:00:00.000Z' }],
      nextCursor: null,
    });
    expect((await house.as('reviewer').get<List>('/notifications')).body.items).toEqual([]);
    expect((await house.anybody('GET', '/notifications')).status).toBe(401);
    expect((await house.as('hr').get('/notifications?unread=1')).status).toBe(400);
  });

  it('are marked as read once', async () => {
    const { body } = await house.as('hr').get<List>('/notifications');
    const id = body.items[0]?.id ?? '';
    expect((await house.as('reviewer').post(`/notifications/${id}/read`)).status).toBe(404);
    house.clock.set('2026-06-15T05:00:00Z');
    const first = await house.as('hr').post<Notice>(`/notifications/${id}/read`);
    expect(first).toMatchObject({ status: 200, body: { readAt: '2026-06-15T05:00:00.000Z' } });
    house.clock.set('2026-06-15T06:00:00Z');
    expect((await house.as('hr').post(`/notifications/${id}/read`)).body).toEqual(first.body);
    const unread = await house.as('hr').get<List>('/notifications?unread=true');
    expect(unread.body.items.map(({ summary }) => summary)).toEqual(['two', 'three']);
    expect((await house.as('hr').post('/notifications/x/read')).status).toBe(404);
  });
});
