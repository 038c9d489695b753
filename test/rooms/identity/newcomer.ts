import { expect } from '@jest/globals';
import type { Answer, House } from '../../support/house.js';

/** Somebody who signs in by password, as people do. */
export class Newcomer {
  private constructor(
    private readonly house: House,
    private token: string,
    readonly session: Record<string, unknown>,
  ) {}

  static async signIn(house: House, username: string, password: string): Promise<Newcomer> {
    const { status, body } = await house.anybody('POST', '/auth/login', { username, password });
    expect({ status, code: body['code'] }).toEqual({ status: 200, code: undefined });
    return new Newcomer(house, String(body['token']), body);
  }

  /** Signs in and changes the first password. */
  static async ready(house: House, username: string, first: string, own: string): Promise<Newcomer> {
    const person = await Newcomer.signIn(house, username, first);
    expect((await person.changePassword(first, own)).status).toBe(200);
    return person;
  }

  get(path: string): Promise<Answer> {
    return this.house.anybody('GET', path, undefined, { authorization: `Bearer ${this.token}` });
  }

  /** Goes on with the new session where it worked. */
  async changePassword(currentPassword: string, newPassword: string): Promise<Answer> {
    const answer = await this.house.anybody(
      'POST',
      '/auth/change-password',
      { currentPassword, newPassword },
      { authorization: `Bearer ${this.token}` },
    );
    if (answer.status === 200) this.token = String(answer.body['token']);
    return answer;
  }
}
