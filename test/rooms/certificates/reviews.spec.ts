import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PrepareReviews } from '../../../src/certificates/reviews/prepare-reviews.js';
import { ReviewSweeper } from '../../../src/certificates/reviews/review-sweeper.js';
import { newId } from '../../../src/kernel/ids.js';
import { insertTeam, type Team } from '../../support/cleared-team.js';
import { openHouse, type House } from '../../support/house.js';
import { Stranger } from '../edge/world.js';
import { insertCard, insertOfficer, setSetting } from './support.js';

const OPENED = '2026-03-02T09:00:00+08:00';
const BEFORE = '2026-04-30T23:59:59.999+08:00';
/** The review ends on 30 April: this is the first instant after it. */
const DEADLINE = '2026-05-01T00:00:00.000+08:00';

interface Finding {
  readonly code: string;
  readonly weight: string;
  readonly basis: string;
  readonly zh: string;
  readonly en: string;
}
interface FileAnswer extends Record<string, unknown> {
  readonly id: string;
  readonly sorting: string;
  readonly state: string;
  readonly officerId: string;
  readonly findings: Finding[];
  readonly allowedVerbs: string[];
  readonly overdue: boolean;
  readonly sortingToday?: string;
  readonly steps?: { step: string; decision: string; round: number }[];
  readonly periods?: {
    standing: string;
    effectiveFrom: string;
    effectiveTo: string | null;
    supersededAt: string | null;
  }[];
}
interface Done {
  readonly items: { fileId: string; status: string; reasons: { code: string }[] }[];
}
interface Holder {
  readonly officerId: string;
  readonly certificateId: string;
}

let house: House;
let team: Team;
let campaignId: string;

beforeAll(async () => {
  house = await openHouse();
  house.clock.set(OPENED);
  // The settings count as known since the house stands, so that questions can be asked as of an earlier knowledge.
  await house.uow.run(() => house.db.execute('UPDATE settings SET created_at = ?', [new Date('2020-01-01T00:00:00Z')]));
  team = await insertTeam(house);
  const opened = await house.as('approver').post('/review-campaigns', { reviewedYear: 2025 });
  if (opened.status !== 201) throw new Error(JSON.stringify(opened.body));
  campaignId = String(opened.body['id']);
  await house.drain();
});
afterAll(() => house?.close());
beforeEach(() => house.clock.set(OPENED));
afterEach(() => house.clock.set(null));

const prepare = (): Promise<number> => house.app.get(PrepareReviews, { strict: false }).advance(campaignId);

/** Hours of a class that ended in the year reviewed. */
const train = (officerId: string, hours: number): Promise<void> =>
  house.uow.run(async () => {
    const at = new Date('2025-06-12T00:00:00Z');
    const [planId, classId] = [newId(), newId()];
    await house.db.insert('training_plans', {
      id: planId,
      plan_year: 2025,
      type: 'ROTATION',
      title: '轮训',
      subject: 'COMMON_LAW',
      domain: null,
      hours,
      owner_subject_id: house.root,
      created_at: at,
    });
    await house.db.insert('training_classes', {
      id: classId,
      plan_id: planId,
      title: '班',
      starts_on: '2025-06-01',
      ends_on: '2025-06-10',
      place: '党校',
      hours,
      status: 'CLOSED',
      owner_subject_id: house.root,
      created_at: at,
      closed_at: at,
    });
    await house.db.insert('training_enrolments', {
      class_id: classId,
      officer_id: officerId,
      hours_attended: hours,
      hours_confirmed: hours,
      enrolled_at: at,
      confirmed_at: at,
    });
  });

const bar = async (officerId: string): Promise<string> => {
  const id = newId();
  await house.uow.run(() =>
    house.db.insert('qualification_bars', {
      id,
      officer_id: officerId,
      ground: 'SANCTION',
      source_type: 'sanction',
      source_id: newId(),
      barred_from: '2025-12-01',
      barred_to: '2027-12-01',
      recorded_at: new Date('2025-12-01T00:00:00Z'),
    }),
  );
  return id;
};

async function holder({ hours = 60, validFrom = '2024-01-01', subjectId = house.unit } = {}): Promise<Holder> {
  const officerId = await insertOfficer(house, { subjectId });
  const certificateId = await insertCard(house, officerId, { validFrom, subjectId });
  if (hours > 0) await train(officerId, hours);
  return { officerId, certificateId };
}

const fileOf = async (officerId: string, who = 'approver'): Promise<FileAnswer> => {
  const list = await house.as(who).get<{ items: FileAnswer[] }>(`/review-files?officerId=${officerId}`);
  const [found] = list.body.items;
  if (!found) throw new Error('no file');
  return (await house.as(who).get<FileAnswer>(`/review-files/${found.id}`)).body;
};

/** Somebody with a file that is sorted as asked. */
async function filed(given: Parameters<typeof holder>[0] = {}): Promise<Holder & { readonly id: string }> {
  const one = await holder(given);
  await prepare();
  return { ...one, id: (await fileOf(one.officerId)).id };
}

const decide = (who: string, fileIds: readonly string[], decision = 'PASS', opinion = '同意') =>
  house.as(who).post<Done>('/review-files/decide', { fileIds, decision, opinion });
const explainFile = (who: string, fileIds: readonly string[]) =>
  house.as(who).post<Done>('/review-files/explain', { fileIds, explanation: '当年借调三个月' });
const told = ({ body }: { readonly body: Done }): [string, string[]][] =>
  body.items.map(({ status, reasons }) => [status, reasons.map(({ code }) => code)]);

async function passed(id: string): Promise<void> {
  await decide('reviewer', [id]);
  const answer = await decide('approver', [id]);
  if (answer.body.items[0]?.status !== 'PASSED') throw new Error(JSON.stringify(answer.body));
}

/** The reasons of each member, by the duty decision over HTTP. */
async function reasonsAt(officerIds: readonly string[], at: string, more: Record<string, unknown> = {}) {
  const { body } = await house.as('supervisor').post<{ members: { reasons: { code: string }[] }[] }>('/duty/checks', {
    subjectId: house.unit,
    matterCode: team.matterCode,
    divisionCode: '410102',
    at,
    members: officerIds.map((officerId) => ({ officerId })),
    record: false,
    ...more,
  });
  return body.members.map(({ reasons }) => reasons.map(({ code }) => code));
}

describe('a review year', () => {
  it('is sorted into heaps, exceptions first, each finding with its article in both languages', async () => {
    const barred = await holder();
    await bar(barred.officerId);
    const short = await holder({ hours: 59 });
    const clean = await holder();
    const fresh = await holder({ validFrom: '2025-11-01' });
    await prepare();
    const wanted: readonly (readonly [Holder, string, string, string[]])[] = [
      [barred, 'FAILS', 'READY', ['REVIEW_BARRED']],
      [short, 'NEEDS_EXPLANATION', 'AWAITING_EXPLANATION', ['REVIEW_HOURS_SHORT']],
      [clean, 'PASSES', 'READY', []],
      [fresh, 'LISTED', 'LISTED', ['REVIEW_NEW_CARD']],
    ];
    const seen: unknown[] = [];
    for (const [{ officerId }] of wanted) {
      const { sorting, state, findings } = await fileOf(officerId);
      seen.push([sorting, state, findings.map(({ code }) => code)]);
      for (const { basis, zh, en } of findings) expect([basis, zh, en].every((text) => text.length > 5)).toBe(true);
    }
    expect(seen).toEqual(wanted.map(([, sorting, state, codes]) => [sorting, state, codes]));
    const { body } = await house.as('reviewer').get<{ items: FileAnswer[] }>('/review-files?limit=200');
    const ranks = body.items.map(({ sorting }) => ['FAILS', 'NEEDS_EXPLANATION', 'PASSES', 'LISTED'].indexOf(sorting));
    expect(ranks).toEqual([...ranks].sort());
    const year = await house.as('approver').get<{
      reviewedYear: number;
      state: string;
      inEffect: boolean;
      counts: Record<string, number>;
      causes: { code: string; count: number; zh: string }[];
    }>(`/review-campaigns/${campaignId}`);
    expect(year.body).toMatchObject({
      reviewedYear: 2025,
      periodFrom: '2026-03-01',
      periodTo: '2026-04-30',
      state: 'OPEN',
      inEffect: true,
    });
    expect(year.body.counts).toMatchObject({ total: body.items.length });
    expect(year.body.causes.find(({ code }) => code === 'REVIEW_BARRED')).toMatchObject({ count: 1, zh: '处于限制期' });
    const cause = await house.as('hr').get<{ items: FileAnswer[] }>('/review-files?cause=REVIEW_BARRED');
    expect(cause.body.items.map(({ officerId }) => officerId)).toEqual([barred.officerId]);
  });

  it('is read page by page, nobody twice', async () => {
    for (let i = 0; i < 3; i++) await holder();
    await prepare();
    const ids: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { body: { items: FileAnswer[]; nextCursor: string | null } } = await house
        .as('approver')
        .get(`/review-files?limit=2&campaignId=${campaignId}${cursor === '' ? '' : `&cursor=${cursor}`}`);
      ids.push(...page.body.items.map(({ id }) => id));
      cursor = page.body.nextCursor;
    }
    const rows = await house.db.rows('SELECT id FROM review_files WHERE campaign_id = ?', [campaignId]);
    expect([ids.length, new Set(ids).size]).toEqual([rows.length, rows.length]);
  });

  it('is opened once, when the year is over, before its period has passed, and where the setting is on', async () => {
    const open = (body: Record<string, unknown>) =>
      house.as('approver').post('/review-campaigns', { reviewedYear: 2025, ...body });
    expect((await house.as('approver').post('/review-campaigns', {})).status).toBe(400);
    const codes = async (body: Record<string, unknown>): Promise<unknown> => {
      const answer = await open(body);
      const reasons = (answer.body['reasons'] ?? []) as { code: string }[];
      return [answer.status, reasons.map(({ code }) => code)];
    };
    expect((await open({})).status).toBe(409);
    expect(await codes({ reviewedYear: 2026 })).toEqual([422, ['REVIEW_YEAR_NOT_OVER']]);
    expect(await codes({ reviewedYear: 2024 })).toEqual([422, ['REVIEW_PERIOD_PAST']]);
    expect(await codes({ periodFrom: '2026-05-01', periodTo: '2026-04-30' })).toEqual([422, ['REVIEW_PERIOD_PAST']]);
    expect((await open({ subjectId: newId() })).status).toBe(404);
    await setSetting(house, 'review.enabled', false);
    try {
      expect(await codes({ subjectId: house.unit })).toEqual([422, ['REVIEW_NOT_ENABLED']]);
    } finally {
      await setSetting(house, 'review.enabled', true);
    }
    for (const who of ['hr', 'reviewer', 'supervisor', 'exam-officer', 'auditor', 'officer'])
      expect((await house.as(who).post('/review-campaigns', {})).status).toBe(403);
  });

  it('takes in certificates that are entered late until the deadline, and no card twice', async () => {
    const late = await holder();
    await house.app.get(ReviewSweeper, { strict: false }).sweep();
    await house.app.get(ReviewSweeper, { strict: false }).sweep();
    const files = (officerId: string) => house.db.rows('SELECT id FROM review_files WHERE officer_id = ?', [officerId]);
    expect(await files(late.officerId)).toHaveLength(1);
    const below = await house.as('approver').post('/review-campaigns', { subjectId: house.unit, reviewedYear: 2025 });
    await house.drain();
    expect((await house.as('approver').get(`/review-campaigns/${String(below.body['id'])}`)).body).toMatchObject({
      state: 'OPEN',
      counts: { total: 0 },
    });
    house.clock.set(DEADLINE);
    const later = await holder();
    await prepare();
    expect(await files(later.officerId)).toEqual([]);
  });
});

describe('the deadline', () => {
  it('makes the card unusable at its very instant, though nothing has run since', async () => {
    const [open, listed, done] = [await filed(), await filed({ validFrom: '2025-11-01' }), await filed()];
    await passed(done.id);
    const everybody = [open, listed, done].map(({ officerId }) => officerId);
    expect(await reasonsAt(everybody, BEFORE)).toEqual([[], [], []]);
    expect(await reasonsAt(everybody, DEADLINE)).toEqual([['ANNUAL_REVIEW_OVERDUE'], [], []]);
    house.clock.set(DEADLINE);
    expect(await reasonsAt([open.officerId], DEADLINE)).toEqual([['ANNUAL_REVIEW_OVERDUE']]);
    expect((await fileOf(open.officerId)).overdue).toBe(true);
    await setSetting(house, 'review.enabled', false);
    try {
      expect(await reasonsAt([open.officerId], DEADLINE)).toEqual([[]]);
    } finally {
      await setSetting(house, 'review.enabled', true);
    }
  });

  it('is mended by a pass afterwards, from then on; what was known before can still be read', async () => {
    const late = await filed();
    house.clock.set('2026-05-11T10:00:00+08:00');
    await passed(late.id);
    const [at, inBetween] = ['2026-05-11T10:00:00.000+08:00', '2026-05-05T10:00:00+08:00'];
    expect(await reasonsAt([late.officerId], at)).toEqual([[]]);
    expect(await reasonsAt([late.officerId], '2026-05-11T09:59:59.999+08:00')).toEqual([['ANNUAL_REVIEW_OVERDUE']]);
    expect(await reasonsAt([late.officerId], inBetween)).toEqual([['ANNUAL_REVIEW_OVERDUE']]);
    const knownAt = '2026-05-10T10:00:00+08:00';
    house.clock.set('2026-05-12T10:00:00+08:00');
    expect(await reasonsAt([late.officerId], '2026-05-11T12:00:00+08:00', { knownAt })).toEqual([
      ['ANNUAL_REVIEW_OVERDUE'],
    ]);
    const { periods } = await fileOf(late.officerId);
    expect(periods?.map(({ standing, supersededAt }) => [standing, supersededAt !== null])).toEqual([
      ['OVERDUE', true],
      ['OVERDUE', false],
    ]);
  });
});

describe('a file', () => {
  it('goes from the explanation over the check to the decision, each by somebody else', async () => {
    const { id, officerId } = await filed({ hours: 20 });
    expect((await fileOf(officerId, 'hr')).allowedVerbs).toEqual(['explain']);
    expect(told(await decide('reviewer', [id]))).toEqual([['REFUSED', ['REVIEW_FILE_STATE']]]);
    expect(told(await explainFile('hr-1', [id]))).toEqual([['READY', []]]);
    expect(told(await decide('approver', [id]))).toEqual([['REFUSED', ['REVIEW_STEP_OF_ANOTHER_ROLE']]]);
    expect((await fileOf(officerId, 'reviewer')).allowedVerbs).toEqual(['decide']);
    expect(told(await decide('reviewer', [id]))).toEqual([['CHECKED', []]]);
    expect(told(await decide('reviewer', [id]))).toEqual([['REFUSED', ['REVIEW_STEP_OF_ANOTHER_ROLE']]]);
    expect(told(await decide('approver', [id]))).toEqual([['PASSED', []]]);
    const file = await fileOf(officerId);
    expect(file).toMatchObject({ state: 'PASSED', proposal: 'PASS', allowedVerbs: [] });
    expect(file.steps?.map(({ step, decision }) => `${step} ${decision}`)).toEqual([
      'EXPLANATION EXPLAIN',
      'REVIEW_CHECK PASS',
      'REVIEW_DECISION PASS',
    ]);
    expect(told(await decide('approver', [id]))).toEqual([['REFUSED', ['REVIEW_FILE_STATE']]]);
  });

  it('is decided by nobody who acted before, and by nobody on himself', async () => {
    const { id, officerId } = await filed({ hours: 20 });
    const given = { homeSubjectId: house.root };
    const everything = await Stranger.of(house, { ...given, roles: ['HR', 'REVIEWER', 'APPROVER'] });
    const self = await Stranger.of(house, { ...given, roles: ['REVIEWER', 'OFFICER'], officerId });
    const ask = async (who: Stranger, verb: string, body: Record<string, unknown>): Promise<unknown> => {
      const { text } = await who.ask('POST', `/api/v1/review-files/${verb}`, { fileIds: [id], ...body });
      return (JSON.parse(text) as Done).items.map(({ status, reasons }) => [status, reasons.map(({ code }) => code)]);
    };
    expect(await ask(everything, 'explain', { explanation: '说明' })).toEqual([['READY', []]]);
    const pass = { decision: 'PASS' };
    expect(await ask(everything, 'decide', pass)).toEqual([['REFUSED', ['SAME_PERSON_TWO_LEVELS']]]);
    expect(await ask(self, 'decide', pass)).toEqual([['REFUSED', ['OWN_CASE']]]);
    expect((await fileOf(officerId)).state).toBe('READY');
  });

  it('that fails by itself is passed by nobody before it is mended', async () => {
    const one = await holder();
    const barId = await bar(one.officerId);
    await prepare();
    const { id } = await fileOf(one.officerId);
    expect(told(await decide('reviewer', [id]))).toEqual([['REFUSED', ['REVIEW_HARD_FAIL']]]);
    await house.uow.run(() => house.db.supersede('qualification_bars', barId, Date.parse(OPENED)));
    expect((await fileOf(one.officerId)).sortingToday).toBe('PASSES');
    expect(told(await decide('reviewer', [id]))).toEqual([['CHECKED', []]]);
    const again = await bar(one.officerId);
    expect(told(await decide('approver', [id]))).toEqual([['REFUSED', ['REVIEW_HARD_FAIL']]]);
    await house.uow.run(() => house.db.supersede('qualification_bars', again, Date.parse(OPENED)));
    expect(told(await decide('approver', [id]))).toEqual([['PASSED', []]]);
  });

  it('in which something new is found goes back to the unit before it is passed', async () => {
    const { id, officerId, certificateId } = await filed();
    await house.as('approver').post(`/certificates/${certificateId}/suspend`, {
      ground: 'CARD_NOT_SHOWN',
      document: '1号',
      effectiveFrom: '2026-03-01',
    });
    expect(told(await decide('reviewer', [id]))).toEqual([['REFUSED', ['REVIEW_UNEXPLAINED']]]);
    expect(told(await decide('reviewer', [id], 'RETURN', '请说明暂扣'))).toEqual([['AWAITING_EXPLANATION', []]]);
    expect((await fileOf(officerId)).findings.map(({ code }) => code)).toEqual(['REVIEW_SUSPENDED']);
    await explainFile('hr', [id]);
    await passed(id);
    expect((await decide('reviewer', [id], 'FAIL', ' ')).status).toBe(400);
  });

  it('is nobody else’s: another unit neither reads nor explains it', async () => {
    const mine = await filed({ hours: 20 });
    const theirs = await filed({ hours: 20, subjectId: house.otherUnit });
    expect((await house.as('hr-2').get(`/review-files/${mine.id}`)).status).toBe(404);
    expect(told(await explainFile('hr-2', [mine.id, theirs.id]))).toEqual([
      ['REFUSED', ['REVIEW_FILE_UNKNOWN']],
      ['READY', []],
    ]);
    const seen = await house.as('hr-2').get<{ items: { subjectId: string }[] }>('/review-files?limit=200');
    expect([...new Set(seen.body.items.map(({ subjectId }) => subjectId))]).toEqual([house.otherUnit]);
    const year = await house.as('hr-2').get<{ counts: { total: number } }>(`/review-campaigns/${campaignId}`);
    expect([year.status, year.body.counts.total]).toEqual([200, seen.body.items.length]);
    for (const [who, verb] of [
      ['reviewer', 'explain'],
      ['approver', 'reopen'],
      ['hr', 'decide'],
      ['supervisor', 'decide'],
    ] as const)
      expect((await house.as(who).post(`/review-files/${verb}`, { fileIds: [mine.id] })).status).toBe(403);
  });
});

describe('a failure', () => {
  it('takes the card out of use at once and recalls who is out; another review brings it back', async () => {
    const [bad, good] = [await filed(), await filed()];
    await passed(good.id);
    const deployment = await house.as('supervisor').post('/duty/deployments', {
      title: '夜市检查',
      subjectId: house.unit,
      matterCode: team.matterCode,
      divisionCode: '410102',
      from: '2026-03-02T10:00:00+08:00',
      to: '2026-03-02T18:00:00+08:00',
      members: [bad, good].map(({ officerId }) => ({ officerId })),
    });
    expect(deployment.status).toBe(201);
    const path = `/duty/deployments/${String(deployment.body['id'])}`;
    await decide('reviewer', [bad.id], 'FAIL', '案卷评查不合格');
    expect((await house.as('supervisor').get(path)).body['status']).toBe('PLANNED');
    expect(told(await decide('approver', [bad.id], 'FAIL', '案卷评查不合格'))).toEqual([['FAILED', []]]);
    expect((await house.as('supervisor').get(path)).body).toMatchObject({
      status: 'RECALLED',
      recall: { cause: 'review.decide' },
    });
    const at = '2026-03-02T09:00:00.000+08:00';
    expect(await reasonsAt([bad.officerId, good.officerId], at)).toEqual([['ANNUAL_REVIEW_FAILED'], []]);
    // Decided, so not overdue as well.
    expect(await reasonsAt([bad.officerId], DEADLINE)).toEqual([['ANNUAL_REVIEW_FAILED']]);

    const reopen = () => house.as('hr').post<Done>('/review-files/reopen', { fileIds: [bad.id], note: '已整改' });
    house.clock.set('2026-05-20T09:00:00+08:00');
    expect(told(await reopen())).toEqual([['READY', []]]);
    expect(told(await reopen())).toEqual([['REFUSED', ['REVIEW_FILE_STATE']]]);
    expect(await reasonsAt([bad.officerId], '2026-05-20T09:00:00+08:00')).toEqual([['ANNUAL_REVIEW_FAILED']]);
    await passed(bad.id);
    expect(await reasonsAt([bad.officerId], '2026-05-20T09:00:00.000+08:00')).toEqual([[]]);
    expect((await fileOf(bad.officerId)).steps?.map(({ round }) => round)).toEqual([1, 1, 2, 2, 2]);
  });

  it('is not got round by another card', async () => {
    const bad = await filed();
    await decide('reviewer', [bad.id], 'FAIL', '不合格');
    await decide('approver', [bad.id], 'FAIL', '不合格');
    const apply = async (type: string): Promise<string[]> => {
      const { body } = await house
        .as('hr')
        .post<{ items: { reasons: { code: string }[] }[] }>('/certificate-applications', {
          type,
          certificateType: 'ENFORCEMENT',
          subjectId: house.unit,
          domains: ['URBAN_MANAGEMENT'],
          officerIds: [bad.officerId],
        });
      return body.items.flatMap(({ reasons }) => reasons.map(({ code }) => code));
    };
    const code = 'ANNUAL_REVIEW_NOT_PASSED';
    expect([(await apply('EXCHANGE')).includes(code), (await apply('RENEW')).includes(code)]).toEqual([true, true]);
    await house.as('hr').post(`/certificates/${bad.certificateId}/report-loss`, { effectiveFrom: '2026-03-01' });
    expect(await apply('REISSUE')).toContain(code);
    const fine = await filed();
    await passed(fine.id);
    await house.as('hr').post(`/certificates/${fine.certificateId}/report-loss`, { effectiveFrom: '2026-03-01' });
    const { body } = await house
      .as('hr')
      .post<{ items: { reasons: { code: string }[] }[] }>('/certificate-applications', {
        type: 'REISSUE',
        certificateType: 'ENFORCEMENT',
        subjectId: house.unit,
        domains: ['URBAN_MANAGEMENT'],
        officerIds: [fine.officerId],
      });
    expect(body.items.flatMap(({ reasons }) => reasons.map((reason) => reason.code))).not.toContain(code);
  });

  it('is seen by whoever verifies the card', async () => {
    const { id, certificateId } = await filed();
    const card = await house.db.row<{ number: string }>('SELECT number FROM certificates WHERE id = ?', [
      certificateId,
    ]);
    const path = `/api/v1/public/certificates?no=${card?.number ?? ''}&name=${encodeURIComponent('张三')}`;
    const verdict = async (): Promise<unknown> =>
      ((await house.anybody('GET', path)).body['items'] as { verdict: string }[] | undefined)?.[0]?.verdict;
    const before = await verdict();
    await decide('reviewer', [id], 'FAIL', '不合格');
    await decide('approver', [id], 'FAIL', '不合格');
    expect([before, await verdict()]).toEqual(['USABLE', 'NOT_USABLE']);
  });
});

describe('decisions at once', () => {
  it('decide a file once, whoever is first', async () => {
    const { id, officerId, certificateId } = await filed();
    await decide('reviewer', [id]);
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, i) => decide('approver', [id], i % 2 === 0 ? 'PASS' : 'FAIL', '意见')),
    );
    const statuses = answers.flatMap(({ status, body }) => [status, body.items[0]?.status]);
    expect(statuses.filter((one) => one === 'PASSED' || one === 'FAILED')).toHaveLength(1);
    expect(statuses.filter((one) => one === 'REFUSED')).toHaveLength(5);
    const file = await fileOf(officerId);
    expect(file.steps?.filter(({ step }) => step === 'REVIEW_DECISION')).toHaveLength(1);
    const standing = await house.db.rows<{ standing: string }>(
      'SELECT standing FROM certificate_review_periods WHERE certificate_id = ? AND superseded_at IS NULL',
      [certificateId],
    );
    expect(standing).toEqual(file.state === 'FAILED' ? [{ standing: 'FAILED' }] : []);
  });

  it('of the whole batch: each by itself, done or refused', async () => {
    const [clean, short, gone] = [await filed(), await filed({ hours: 1 }), newId()];
    expect(told(await decide('reviewer', [clean.id, short.id, gone]))).toEqual([
      ['CHECKED', []],
      ['REFUSED', ['REVIEW_FILE_STATE']],
      ['REFUSED', ['REVIEW_FILE_UNKNOWN']],
    ]);
  });
});

describe('a year in which nothing is left to decide', () => {
  it('is closed when its period has passed, and opens again with a file', async () => {
    await holder({ subjectId: house.otherUnit });
    const opened = await house.as('approver').post('/review-campaigns', {
      subjectId: house.otherUnit,
      reviewedYear: 2024,
      periodFrom: '2026-03-01',
      periodTo: '2026-04-30',
    });
    const id = String(opened.body['id']);
    await house.drain();
    const state = async (): Promise<unknown> =>
      (await house.as('approver').get(`/review-campaigns/${id}`)).body['state'];
    const sweep = (): Promise<number> => house.app.get(ReviewSweeper, { strict: false }).sweep();
    const list = await house
      .as('hr')
      .get<{ items: FileAnswer[] }>(`/review-files?campaignId=${id}&state=AWAITING_EXPLANATION`);
    const ids = list.body.items.map((file) => file.id);
    expect(ids.length).toBeGreaterThan(0);
    house.clock.set(DEADLINE);
    await sweep();
    expect(await state()).toBe('OPEN');
    await explainFile('hr', ids);
    await decide('reviewer', ids, 'FAIL', '学时不足');
    await decide('approver', ids, 'FAIL', '学时不足');
    await sweep();
    expect(await state()).toBe('CLOSED');
    await house.as('hr').post('/review-files/reopen', { fileIds: ids.slice(0, 1), note: '已补学' });
    expect(await state()).toBe('OPEN');
  });
});
