import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SubjectsModule } from '../../../src/subjects/index.js';
import { openHouse, type House } from '../../support/house.js';
import { creditCode } from './credit-codes.js';

interface Period {
  status: string;
  effectiveFrom: string;
  effectiveTo: string | null;
  recordedAt: string;
  supersededAt: string | null;
}
interface Subject extends Record<string, unknown> {
  id: string;
  state: string;
  newestState: string;
  statusPeriods: Period[];
  formerPeriods: Period[];
}

const BASIS = { title: '中华人民共和国行政处罚法', article: '第十七条', rank: 'LAW' };
const PAPER = { approvalDocument: '中政文〔2026〕1号', announcementReference: '公告2026-1', announcedOn: '2026-01-05' };
const STOP = { reason: '整改', document: '中司〔2026〕2号' };

describe('bodies', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse({ modules: [SubjectsModule] });
  }, 60_000);
  afterAll(() => house.close());

  const draft = (more: object = {}) => ({
    name: '市场监督管理局',
    uscc: creditCode(),
    kind: 'ADMIN_ORGAN',
    divisionCode: '410102',
    legalBases: [BASIS],
    ...more,
  });
  const register = async (more: object = {}): Promise<Subject> => {
    const { status, body } = await house.as('reviewer').post<Subject>('/subjects', draft(more));
    expect({ status, code: body['code'] }).toEqual({ status: 201, code: undefined });
    return body;
  };
  const confirmed = async (effectiveFrom = '2026-01-10'): Promise<Subject> => {
    const { id } = await register();
    const { status, body } = await house
      .as('approver')
      .post<Subject>(`/subjects/${id}/confirm`, { ...PAPER, effectiveFrom });
    expect(status).toBe(200);
    return body;
  };
  const decide = (id: string, verb: string, body: object) =>
    house.as('approver').post<Subject>(`/subjects/${id}/${verb}`, body);

  describe('registering', () => {
    it('puts a body below the home of who enters it, REGISTERED, and gives its ETag', async () => {
      const { status, body, headers } = await house.as('reviewer').post<Subject>('/subjects', draft());
      expect(status).toBe(201);
      expect(headers.get('etag')).toBe('"1"');
      expect(body).toMatchObject({ parentId: house.root, state: 'REGISTERED', newestState: 'REGISTERED', version: 1 });
      const row = await house.db.row<{ path: string }>('SELECT path FROM subjects WHERE id = ?', [body.id]);
      expect(row?.path).toBe(`/${house.root}/${body.id}/`);
      const again = await house.as('hr').get(`/subjects/${body.id}`);
      expect(again.status).toBe(200);
      expect(again.headers.get('etag')).toBe('"1"');
      expect(again.body).toEqual(body);
    });

    it('takes a parent within the scope only', async () => {
      expect(await register({ parentId: house.unit })).toMatchObject({ parentId: house.unit });
      const { status } = await house
        .as('reviewer')
        .post('/subjects', draft({ parentId: '01900000-0000-7000-8000-000000000000' }));
      expect(status).toBe(404);
    });

    it('writes the audit entry', async () => {
      const { id } = await register();
      const entry = await house.db.row<{ verb: string; actor_name: string }>(
        `SELECT verb, actor_name FROM audit_entries WHERE target_type = 'subject' AND target_id = ?`,
        [id],
      );
      expect(entry).toEqual({ verb: 'subject.register', actor_name: 'reviewer' });
    });

    it.each(['91350100M000100Y43', '9144030071526726XG', '91110000802100433B', '11620300013909010R'])(
      'takes the credit code %s, also in small letters',
      async (code) => {
        const body = await register({ uscc: ` ${code.toLowerCase()} ` });
        expect(body).toMatchObject({ uscc: code });
      },
    );

    it.each([
      ['91350100M000100Y44', 'CREDIT_CODE_CHECK_CHARACTER'],
      ['91350100M000100X4', 'CREDIT_CODE_MALFORMED'],
      ['91350100I000100Y43', 'CREDIT_CODE_MALFORMED'],
    ])('refuses the credit code %s: %s', async (uscc, code) => {
      const { status, body } = await house.as('reviewer').post('/subjects', draft({ uscc }));
      expect(status).toBe(422);
      expect(body['reasons']).toContainEqual(expect.objectContaining({ code }));
    });

    it('refuses a code that a body has which is not abolished; abolition frees it', async () => {
      const uscc = creditCode();
      const first = await register({ uscc });
      const second = await house.as('reviewer').post('/subjects', draft({ uscc }));
      expect(second).toMatchObject({ status: 409, body: { code: 'USCC_TAKEN' } });
      expect((await decide(first.id, 'abolish', STOP)).status).toBe(200);
      await register({ uscc });
    });

    it('wants a law or regulation behind an authorised organisation', async () => {
      const post = (legalBases: object[]) =>
        house.as('reviewer').post('/subjects', draft({ kind: 'AUTHORIZED_ORG', legalBases }));
      for (const bases of [[], [{ ...BASIS, rank: 'RULE' }]]) {
        const { status, body } = await post(bases);
        expect(status).toBe(422);
        expect(body['reasons']).toContainEqual(expect.objectContaining({ code: 'LEGAL_BASIS_MISSING' }));
      }
      expect((await post([{ ...BASIS, rank: 'LOCAL_REGULATION' }])).status).toBe(201);
    });

    it('answers the same key with the same body once', async () => {
      const body = draft();
      const first = await house.as('reviewer').post('/subjects', body, { 'idempotency-key': 'one' });
      const again = await house.as('reviewer').post('/subjects', body, { 'idempotency-key': 'one' });
      expect([first.status, again.status]).toEqual([201, 201]);
      expect(again.body).toEqual(first.body);
      const other = await house.as('reviewer').post('/subjects', draft(), { 'idempotency-key': 'one' });
      expect(other).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    });

    it.each<[string, object, string]>([
      ['an unknown field', { sponsor: 'x' }, '/sponsor'],
      ['a kind that does not exist', { kind: 'CLUB' }, '/kind'],
      ['a number as name', { name: 5 }, '/name'],
      ['a blank name', { name: '  ' }, '/name'],
      ['a control character', { name: 'a\u0007b' }, '/name'],
      ['a short division code', { divisionCode: '4101' }, '/divisionCode'],
      ['bases that are no list', { legalBases: { title: 'x' } }, '/legalBases'],
      ['a basis of unknown rank', { legalBases: [{ ...BASIS, rank: 'NOTICE' }] }, '/legalBases/0/rank'],
      ['an unknown field in a basis', { legalBases: [{ ...BASIS, x: 1 }] }, '/legalBases/0/x'],
      ['null for what may be absent', { parentId: null }, '/parentId'],
    ])('answers 400 to %s', async (_what, more, pointer) => {
      const { status, body } = await house.as('reviewer').post('/subjects', draft(more));
      expect(status).toBe(400);
      expect(body['errors']).toContainEqual(expect.objectContaining({ pointer }));
    });
  });

  describe('every state × verb', () => {
    const TAKES: Readonly<Record<string, readonly string[]>> = {
      REGISTERED: ['confirm', 'abolish'],
      CONFIRMED: ['suspend', 'abolish'],
      SUSPENDED: ['restore', 'abolish'],
      ABOLISHED: [],
    };
    const BODIES: Readonly<Record<string, object>> = {
      confirm: PAPER,
      suspend: STOP,
      restore: { document: '中司〔2026〕3号' },
      abolish: STOP,
    };
    const AFTER: Readonly<Record<string, string>> = {
      confirm: 'CONFIRMED',
      suspend: 'SUSPENDED',
      restore: 'CONFIRMED',
      abolish: 'ABOLISHED',
    };
    const bodyIn = async (state: string): Promise<string> => {
      const { id } = await register();
      const path = {
        REGISTERED: [],
        CONFIRMED: ['confirm'],
        SUSPENDED: ['confirm', 'suspend'],
        ABOLISHED: ['abolish'],
      }[state];
      for (const verb of path ?? []) expect((await decide(id, verb, BODIES[verb] ?? {})).status).toBe(200);
      return id;
    };
    const cases = Object.keys(TAKES).flatMap((state) => Object.keys(BODIES).map((verb) => [state, verb] as const));

    it.each(cases)('%s: %s', async (state, verb) => {
      const id = await bodyIn(state);
      const before = (await house.as('hr').get<Subject>(`/subjects/${id}`)).body;
      expect(before['commands']).toEqual(TAKES[state]);
      const { status, body, headers } = await decide(id, verb, BODIES[verb] ?? {});
      if (TAKES[state]?.includes(verb)) {
        expect(status).toBe(200);
        expect(body.state).toBe(AFTER[verb]);
        expect(headers.get('etag')).toBe(`"${Number(before['version']) + 1}"`);
      } else {
        expect({ status, found: body['state'], code: body['code'] }).toEqual({
          status: 409,
          found: state,
          code: 'SUBJECT_STATE',
        });
        expect((await house.as('hr').get<Subject>(`/subjects/${id}`)).body).toEqual(before);
      }
    });
  });

  describe('two times', () => {
    it('keeps what was known when a suspension is entered late', async () => {
      const { id } = await confirmed('2026-01-10');
      const knownBefore = Date.now();
      await new Promise((resolve) => setTimeout(resolve, 5));
      const { body } = await decide(id, 'suspend', { ...STOP, effectiveFrom: '2026-03-01' });
      expect(body.state).toBe('SUSPENDED');
      expect(
        body.statusPeriods.map(({ status, effectiveFrom, effectiveTo }) => [status, effectiveFrom, effectiveTo]),
      ).toEqual([
        ['CONFIRMED', '2026-01-09T16:00:00.000Z', '2026-02-28T16:00:00.000Z'],
        ['SUSPENDED', '2026-02-28T16:00:00.000Z', null],
      ]);
      expect(body.formerPeriods).toEqual([
        expect.objectContaining({
          status: 'CONFIRMED',
          effectiveTo: null,
          supersededAt: body.statusPeriods[1]?.recordedAt,
        }),
      ]);
      const asKnown = async (at: number) =>
        (
          await house.db.rows<{ status: string }>(
            `SELECT status FROM subject_status_periods WHERE subject_id = ? AND recorded_at <= ?
               AND (superseded_at IS NULL OR superseded_at > ?) AND effective_from <= ? AND (effective_to IS NULL OR effective_to > ?)`,
            [id, new Date(at), new Date(at), new Date('2026-03-03T00:00:00Z'), new Date('2026-03-03T00:00:00Z')],
          )
        ).map(({ status }) => status);
      expect(await asKnown(knownBefore)).toEqual(['CONFIRMED']);
      expect(await asKnown(Date.now() + 1000)).toEqual(['SUSPENDED']);
    });

    it('lets a future suspension begin in the future, and goes by it when a verb comes', async () => {
      const { id } = await confirmed();
      const { body } = await decide(id, 'suspend', { ...STOP, effectiveFrom: '2999-01-01T00:00:00+08:00' });
      expect(body).toMatchObject({ state: 'CONFIRMED', newestState: 'SUSPENDED', commands: ['restore', 'abolish'] });
      expect(await decide(id, 'suspend', STOP)).toMatchObject({ status: 409, body: { state: 'SUSPENDED' } });
      const ended = await decide(id, 'abolish', { ...STOP, effectiveFrom: '2998-06-01' });
      expect(ended.body.statusPeriods.map(({ status }) => status)).toEqual(['CONFIRMED', 'ABOLISHED']);
      expect(ended.body.state).toBe('CONFIRMED');
    });

    it('replaces everything from the new beginning on', async () => {
      const { id } = await confirmed('2026-01-10');
      await decide(id, 'suspend', { ...STOP, effectiveFrom: '2026-03-01' });
      await decide(id, 'restore', { document: 'x', effectiveFrom: '2026-04-01' });
      const { body } = await decide(id, 'abolish', { ...STOP, effectiveFrom: '2026-02-01' });
      expect(body.statusPeriods.map(({ status, effectiveTo }) => [status, effectiveTo])).toEqual([
        ['CONFIRMED', '2026-01-31T16:00:00.000Z'],
        ['ABOLISHED', null],
      ]);
      const overlaps = await house.db.rows(
        `SELECT a.id FROM subject_status_periods a JOIN subject_status_periods b ON b.subject_id = a.subject_id AND b.id > a.id
         WHERE a.subject_id = ? AND a.superseded_at IS NULL AND b.superseded_at IS NULL
           AND a.effective_from < COALESCE(b.effective_to, '9999-12-31') AND b.effective_from < COALESCE(a.effective_to, '9999-12-31')`,
        [id],
      );
      expect(overlaps).toEqual([]);
    });

    it('refuses to restore before the suspension began, and takes the very moment', async () => {
      const { id } = await confirmed();
      await decide(id, 'suspend', { ...STOP, effectiveFrom: '2026-03-01' });
      const early = await decide(id, 'restore', { document: 'x', effectiveFrom: '2026-02-28T23:59:59.999+08:00' });
      expect(early.status).toBe(422);
      expect(early.body['reasons']).toEqual([expect.objectContaining({ code: 'RESTORED_BEFORE_SUSPENSION' })]);
      const { body } = await decide(id, 'restore', { document: 'x', effectiveFrom: '2026-03-01' });
      expect(body.statusPeriods.map(({ status }) => status)).toEqual(['CONFIRMED', 'CONFIRMED']);
    });

    it('takes the moment of the entry when nothing is said', async () => {
      const { id } = await register();
      house.clock.set('2026-05-06T07:08:09.123Z');
      const { body } = await decide(id, 'confirm', PAPER);
      house.clock.set(null);
      expect(body.statusPeriods).toEqual([
        expect.objectContaining({
          effectiveFrom: '2026-05-06T07:08:09.123Z',
          recordedAt: '2026-05-06T07:08:09.123Z',
          announcedOn: '2026-01-05',
          document: PAPER.approvalDocument,
        }),
      ]);
    });

    it('announces every change in the same transaction', async () => {
      const { id } = await register();
      house.announced.changes.length = 0;
      await decide(id, 'confirm', PAPER);
      await decide(id, 'suspend', STOP);
      await decide(id, 'suspend', STOP);
      await decide(id, 'restore', { document: 'x' });
      await decide(id, 'abolish', STOP);
      expect(house.announced.changes).toEqual(
        ['confirm', 'suspend', 'restore', 'abolish'].map((verb) => ({
          whom: { subjectId: id },
          cause: `subject.${verb}`,
        })),
      );
    });

    it.each([
      ['2026-02-30'],
      ['2026-02-30T00:00:00+08:00'],
      ['2026-03-01T00:00:00'],
      ['tomorrow'],
      ['0001-01-01'],
      ['9999-12-31T23:59:59-12:00'],
      [20260301],
    ])('answers 400 to %p as effectiveFrom', async (effectiveFrom) => {
      const { id } = await register();
      const { status, body } = await decide(id, 'confirm', { ...PAPER, effectiveFrom });
      expect(status).toBe(400);
      expect(body['errors']).toContainEqual(expect.objectContaining({ pointer: '/effectiveFrom' }));
    });

    it('answers 400 to a 30 February of the announcement', async () => {
      const { id } = await register();
      expect((await decide(id, 'confirm', { ...PAPER, announcedOn: '2026-02-30' })).status).toBe(400);
    });

    it('lets one of two suspensions at once win', async () => {
      const { id } = await confirmed();
      const answers = await Promise.all([1, 2, 3, 4].map(() => decide(id, 'suspend', STOP)));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    });
  });

  describe('who may', () => {
    it('is the reviewer for entering and the approver for deciding', async () => {
      const { id } = await register();
      const people = [
        'hr',
        'exam-officer',
        'reviewer',
        'approver',
        'supervisor',
        'auditor',
        'system-admin',
        'security-admin',
        'officer',
      ];
      const allowed: Record<string, string[]> = { register: [], decide: [], list: [], read: [] };
      for (const who of people) {
        const person = house.as(who);
        const answers = {
          register: (await person.post('/subjects', {})).status,
          decide: (await person.post(`/subjects/${id}/suspend`, {})).status,
          list: (await person.get('/subjects')).status,
          read: (await person.get(`/subjects/${id}`)).status,
        };
        for (const [what, status] of Object.entries(answers)) {
          expect([200, 400, 403]).toContain(status);
          if (status !== 403) allowed[what]?.push(who);
        }
      }
      const business = ['hr', 'exam-officer', 'reviewer', 'approver', 'supervisor'];
      // Who keeps accounts and roles names the home body of an account, and so reads the bodies.
      const readers = [...business, 'system-admin', 'security-admin'];
      expect(allowed).toEqual({ register: ['reviewer'], decide: ['approver'], list: readers, read: readers });
      expect((await house.anybody('GET', '/subjects')).status).toBe(401);
    });

    it('ends at the scope: what lies outside is not there', async () => {
      const absent = '01900000-0000-7000-8000-000000000000';
      const outside = await house.as('hr-2').get(`/subjects/${house.unit}`);
      const nowhere = await house.as('hr-2').get(`/subjects/${absent}`);
      const same = ({ status, body }: { status: number; body: Record<string, unknown> }) => ({
        status,
        code: body['code'],
        detail: body['detail'],
        title: body['title'],
      });
      expect(same(outside)).toEqual(same(nowhere));
      expect(outside.status).toBe(404);
      expect((await house.as('hr-2').get('/subjects/not-an-id')).status).toBe(404);
      const { body } = await house.as('hr-2').get<{ items: { id: string }[] }>('/subjects');
      expect(body.items.map(({ id }) => id)).toEqual([house.otherUnit]);
      expect((await decide(absent, 'suspend', STOP)).status).toBe(404);
    });
  });

  describe('the list', () => {
    it('filters and pages', async () => {
      const parent = await register({ name: '交通运输局100%' });
      const children: Subject[] = [];
      for (const name of ['一大队', '二大队', '三中队']) {
        children.push(await register({ name, parentId: parent.id, kind: 'DELEGATED_ORG' }));
      }
      const [first, second, third] = children as [Subject, Subject, Subject];
      await decide(second.id, 'confirm', PAPER);
      const ids = async (query: string) =>
        (await house.as('hr').get<{ items: { id: string }[] }>(`/subjects?${query}`)).body.items.map(({ id }) => id);
      expect(await ids(`parentId=${parent.id}`)).toEqual([first.id, second.id, third.id]);
      expect(await ids(`parentId=${parent.id}&q=${encodeURIComponent('大队')}`)).toEqual([first.id, second.id]);
      expect(await ids(`parentId=${parent.id}&state=CONFIRMED`)).toEqual([second.id]);
      expect(await ids(`parentId=${parent.id}&state=REGISTERED`)).toEqual([first.id, third.id]);
      expect(await ids(`q=${encodeURIComponent('100%')}`)).toEqual([parent.id]);
      expect(await ids(`q=${String(third['uscc']).toLowerCase()}`)).toEqual([third.id]);
      expect(await ids(`parentId=${parent.id}&kind=ADMIN_ORGAN`)).toEqual([]);
      const one = await house
        .as('hr')
        .get<{ items: { id: string }[]; nextCursor: string }>(`/subjects?parentId=${parent.id}&limit=2`);
      expect(one.body.items.map(({ id }) => id)).toEqual([first.id, second.id]);
      const two = await house
        .as('hr')
        .get<{ items: { id: string }[]; nextCursor: null }>(
          `/subjects?parentId=${parent.id}&limit=2&cursor=${one.body.nextCursor}`,
        );
      expect(two.body).toMatchObject({ items: [{ id: third.id }], nextCursor: null });
    });

    it.each(['limit=0', 'limit=201', 'limit=x', 'state=GONE', 'kind=X', 'parentId=a%20b', 'colour=red', 'cursor=%21'])(
      'answers 400 to ?%s',
      async (query) => {
        expect((await house.as('hr').get(`/subjects?${query}`)).status).toBe(400);
      },
    );
  });
});
