import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { VerifyChain } from '../../../src/audit/index.js';
import { DEPLOYMENTS } from '../../../src/demo/deployments.data.js';
import { DIRTY_CSV, NUMBERS_XLSX, ROSTER_XLSX, writeDemoFiles } from '../../../src/demo/demo-files.js';
import { loadDemo } from '../../../src/demo/demo.js';
import { planPeople } from '../../../src/demo/people.js';
import { StoryTime } from '../../../src/demo/story-time.js';
import { checkCreditCode } from '../../../src/rules/codes/credit-code.js';
import { checkIdNumber } from '../../../src/rules/codes/id-number.js';
import { differencesIn } from '../../support/checker.js';
import { openHouse, type Answer, type House } from '../../support/house.js';

jest.setTimeout(240_000);

const PASSWORD = 'Zhongyuan-Demo-7';
const USERNAMES = [
  'hr',
  'exam-officer',
  'reviewer',
  'approver',
  'supervisor',
  'auditor',
  'system-admin',
  'security-admin',
  'officer',
  'hr-2',
];

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

/** The house comes with furniture of its own; the story needs an empty one. */
async function clear(of: House): Promise<void> {
  await of.uow.run(async () => {
    for (const table of ['sessions', 'account_roles', 'accounts', 'subject_status_periods', 'subjects']) {
      // A child before its parent.
      await of.db.execute(`DELETE FROM ${table}${table === 'subjects' ? ' ORDER BY LENGTH(path) DESC' : ''}`);
    }
  });
}

async function count(sql: string): Promise<number> {
  return Number((await house.db.row<{ n: number }>(`SELECT COUNT(*) AS n FROM ${sql}`))?.n ?? 0);
}

async function grouped(sql: string): Promise<Record<string, number>> {
  const rows = await house.db.rows<{ k: string; n: number }>(sql);
  return Object.fromEntries(rows.map(({ k, n }) => [k, Number(n)]));
}

async function tables(): Promise<readonly string[]> {
  const rows = await house.db.rows<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

async function sizes(): Promise<Record<string, number>> {
  const all: Record<string, number> = {};
  for (const table of await tables()) all[table] = await count(table);
  return all;
}

const tokens = new Map<string, string>();
async function signIn(username: string): Promise<Answer<{ token: string; user: { roles: string[] } }>> {
  return (await house.anybody('POST', '/auth/login', { username, password: PASSWORD })) as never;
}
async function as<T = Record<string, unknown>>(
  username: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer<T>> {
  const token = tokens.get(username) ?? (await signIn(username)).body.token;
  tokens.set(username, token);
  return (await house.anybody(method, path, body, { authorization: `Bearer ${token}` })) as Answer<T>;
}

describe('the demonstration data', () => {
  it('leave a database alone that is somebody else’s', async () => {
    const before = await sizes();
    expect(await loadDemo(house.app, PASSWORD)).toEqual({ status: 'FOREIGN' });
    expect(await sizes()).toEqual(before);
    await clear(house);
  });

  it('leave nothing behind when the loader dies in the middle', async () => {
    const before = await sizes();
    const insert = house.db.insert.bind(house.db);
    house.db.insert = async (table, rows) => {
      if (table === 'deployments') throw new Error('killed');
      await insert(table, rows);
    };
    await expect(loadDemo(house.app, PASSWORD)).rejects.toThrow('killed');
    house.db.insert = insert;
    expect(await sizes()).toEqual(before);
  });

  it('are loaded once, also by two loaders at once, in a minute or two', async () => {
    const began = Date.now();
    const outcomes = await Promise.all([loadDemo(house.app, PASSWORD), loadDemo(house.app, PASSWORD)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['LOADED', 'PRESENT']);
    expect(Date.now() - began).toBeLessThan(150_000);
    const before = await sizes();
    expect(await loadDemo(house.app, PASSWORD)).toEqual({ status: 'PRESENT' });
    expect(await sizes()).toEqual(before);
  }, 200_000);

  it('tell the story that was promised', async () => {
    expect(await grouped(`SELECT kind AS k, COUNT(*) AS n FROM subjects GROUP BY kind`)).toEqual({
      ADMIN_ORGAN: 8,
      DISPATCHED_ORGAN: 2,
      AUTHORIZED_ORG: 3,
      DELEGATED_ORGAN: 1,
      DELEGATED_ORG: 3,
    });
    expect(await count('officers')).toBe(480);
    expect(
      await grouped(
        `SELECT CASE WHEN st.status = 'VALID' AND EXISTS (SELECT 1 FROM certificate_suspensions x WHERE x.certificate_id = st.certificate_id
           AND x.superseded_at IS NULL AND x.effective_to IS NULL) THEN 'SUSPENDED' ELSE st.status END AS k, COUNT(*) AS n
         FROM certificate_states st GROUP BY k`,
      ),
    ).toEqual({ VALID: 329, SUSPENDED: 7, EXPIRED: 7, LOST: 7, REVOKED: 4, CANCELLED: 8, REPLACED: 6 });
    expect(await grouped('SELECT state AS k, COUNT(*) AS n FROM certificate_applications GROUP BY state')).toEqual({
      SUBMITTED: 11,
      DISTRICT_REVIEWED: 6,
      APPROVED: 37,
      ISSUED: 131,
      RETURNED: 4,
      REJECTED: 3,
    });
    expect(await grouped('SELECT status AS k, COUNT(*) AS n FROM exams GROUP BY status')).toEqual({
      RELEASED: 2,
      OPEN: 1,
    });
    expect(await grouped('SELECT status AS k, COUNT(*) AS n FROM deployments GROUP BY status')).toEqual({
      PLANNED: 7,
      ACTIVE: 4,
      COMPLETED: 6,
      CANCELLED: 2,
      RECALLED: 3,
    });
    expect(DEPLOYMENTS).toHaveLength(19);
    expect(await count('(SELECT DISTINCT staff_category FROM officers) c')).toBe(10);
    expect(await count(`notifications WHERE kind = 'deployment.recalled'`)).toBe(3);
  });

  it('hold a delegation in every state', async () => {
    const { body } = await as<{ items: { state: string }[] }>('reviewer', 'GET', '/delegations?limit=50');
    expect(body.items).toHaveLength(11);
    const states = new Set(body.items.map(({ state }) => state));
    for (const state of ['DRAFT', 'SIGNED', 'PUBLISHED', 'EFFECTIVE', 'SUSPENDED', 'EXPIRED', 'REVOKED']) {
      expect([...states]).toContain(state);
    }
  });

  it('let every account sign in with its role', async () => {
    for (const username of USERNAMES) {
      const answer = await signIn(username);
      expect([username, answer.status]).toEqual([username, 200]);
      expect(answer.body.user.roles).toEqual([username.replace(/-2$/, '').replace('-', '_').toUpperCase()]);
    }
  });

  it('clear a team that is fit and refuse one that is not', async () => {
    const urban = await house.db.row<{ id: string }>(`SELECT id FROM subjects WHERE name = '中原区城市管理局'`);
    const cards = async (suspended: boolean): Promise<string[]> =>
      (
        await house.db.rows<{ officer_id: string }>(
          `SELECT c.officer_id FROM certificates c JOIN certificate_states st ON st.certificate_id = c.id
           WHERE c.subject_id = ? AND st.status = 'VALID'${suspended ? '' : " AND c.origin = 'ALLOCATED'"}
             AND ${suspended ? '' : 'NOT'} EXISTS (SELECT 1 FROM certificate_suspensions x
               WHERE x.certificate_id = c.id AND x.superseded_at IS NULL AND x.effective_to IS NULL) ORDER BY c.id LIMIT 2`,
          [urban?.id ?? ''],
        )
      ).map(({ officer_id }) => officer_id);
    const [fit, unfit] = [await cards(false), await cards(true)];
    expect(unfit.length).toBeGreaterThan(0);
    const ask = (members: readonly string[]) =>
      as<{ cleared: boolean; members: { reasons: { code: string }[] }[] }>('supervisor', 'POST', '/duty/checks', {
        subjectId: urban?.id,
        matterCode: 'CG-JC-001',
        divisionCode: '410102',
        at: new Date(Date.now() + 3_600_000).toISOString(),
        members: members.map((officerId) => ({ officerId })),
      });
    const good = await ask(fit);
    expect([good.status, good.body.cleared]).toEqual([200, true]);
    const bad = await ask([fit[0] ?? '', unfit[0] ?? '']);
    expect([bad.status, bad.body.cleared]).toEqual([200, false]);
    expect(bad.body.members[1]?.reasons.map(({ code }) => code)).toContain('CERTIFICATE_SUSPENDED');
  });

  it('stand still when the sweepers come', async () => {
    // What clocks remind of is told at once; nothing else moves.
    const told = /^(audit_checkpoints|inbox|mail_notices|notifications|outbox|reminder\w*)$/;
    const others = async () => Object.fromEntries(Object.entries(await sizes()).filter(([table]) => !told.test(table)));
    const before = await others();
    await house.drain();
    expect(await others()).toEqual(before);
    expect(await count(`deployments WHERE status = 'RECALLED'`)).toBe(3);
  });

  it('let the 37 approved certificates be issued; numbers in the way are skipped', async () => {
    const { body } = await as<{ items: { id: string }[] }>(
      'approver',
      'GET',
      '/certificate-applications?state=APPROVED&limit=200',
    );
    expect(body.items).toHaveLength(37);
    const opened = await as<{ id: string }>('approver', 'POST', '/certificate-batches', {
      applicationIds: body.items.map(({ id }) => id),
      validFrom: new StoryTime(Date.now()).today,
    });
    expect(opened.status).toBe(202);
    await house.drain();
    const batch = await as<{ status: string; items: { certificateNo: string; status: string }[] }>(
      'approver',
      'GET',
      `/certificate-batches/${opened.body.id}`,
    );
    expect(batch.body.status).toBe('COMPLETED');
    const numbers = batch.body.items.map(({ certificateNo }) => certificateNo).sort();
    expect(new Set(numbers).size).toBe(37);
    expect([numbers[0], numbers.at(-1)]).toEqual(['16010200532', '16010200574']);
    expect(numbers).not.toContain('16010200545');
  });

  it('keep an audit trail that verifies', async () => {
    expect(await house.app.get(VerifyChain, { strict: false }).execute()).toMatchObject({ ok: true });
    expect(await count(`audit_entries WHERE verb = 'demo.load'`)).toBe(1);
  });

  it('give the checker of certificates nothing to find', async () => {
    expect(await differencesIn(house.databaseUrl)).toEqual([]);
  });

  it('hold no ID number and no phone number in clear', async () => {
    const people = planPeople(new StoryTime(Date.now()));
    const secrets = new Set(people.flatMap(({ idNumber, phone }) => [idNumber, ...(phone === null ? [] : [phone])]));
    expect(secrets.size).toBeGreaterThan(900);
    const columns = await house.db.rows<{ t: string; c: string }>(
      `SELECT table_name AS t, column_name AS c FROM information_schema.columns
       WHERE table_schema = DATABASE() AND data_type IN ('varchar', 'char', 'longtext', 'mediumtext', 'text')`,
    );
    let texts = 0;
    for (const { t, c } of columns) {
      for (const { text } of await house.db.rows<{ text: string | null }>(`SELECT ${c} AS text FROM ${t}`)) {
        texts += 1;
        const found = text?.match(/\d{17}[\dX]|1990000\d{4}/g) ?? [];
        expect([t, c, found.filter((digits) => secrets.has(digits))]).toEqual([t, c, []]);
      }
    }
    expect(texts).toBeGreaterThan(20_000);
  });
});

describe('the demonstration files', () => {
  interface Import {
    id: string;
    status: string;
    counts: Record<string, number>;
  }

  async function imported(who: string, kind: string, parameters: object, file: string): Promise<Import> {
    const form = new FormData();
    form.append('kind', kind);
    form.append('parameters', JSON.stringify(parameters));
    form.append('file', new Blob([readFileSync(join(house.dataDir, 'demo', file))]), file);
    const { status, body } = await as<Import>(who, 'POST', '/imports', form);
    expect([file, status]).toEqual([file, 202]);
    await house.drain();
    return (await as<Import>(who, 'GET', `/imports/${body.id}`)).body;
  }

  async function codesOf(who: string, { id }: Import, state = 'INVALID'): Promise<ReadonlySet<string>> {
    const { body } = await as<{ items: { problems: { code: string; level: string }[] }[] }>(
      who,
      'GET',
      `/imports/${id}/rows?state=${state}&limit=200`,
    );
    return new Set(body.items.flatMap(({ problems }) => problems.map(({ code }) => code)));
  }

  const openExam = async (): Promise<string> =>
    (await house.db.row<{ id: string }>(`SELECT id FROM exams WHERE status = 'OPEN'`))?.id ?? '';

  it('are written once', async () => {
    expect(await writeDemoFiles(house.app)).toHaveLength(3);
    expect(await writeDemoFiles(house.app)).toEqual([]);
    expect(readdirSync(join(house.dataDir, 'demo')).sort()).toEqual([DIRTY_CSV, NUMBERS_XLSX, ROSTER_XLSX].sort());
  });

  it('show a dozen kinds of error in the results, and enough lines that are right', async () => {
    const found = await imported('exam-officer', 'EXAM_RESULTS', { examId: await openExam() }, DIRTY_CSV);
    expect(found.status).toBe('VALIDATED');
    const codes = await codesOf('exam-officer', found);
    for (const code of [
      'ID_STORED_AS_NUMBER',
      'ID_MALFORMED',
      'ID_CHECK_DIGIT',
      'ID_BIRTH_DATE',
      'ID_MISMATCH',
      'NAME_MISMATCH',
      'ADMISSION_NO_UNKNOWN',
      'DUPLICATE_IN_FILE',
      'SCORE_MALFORMED',
      'SCORE_OUT_OF_RANGE',
      'SCORE_MISSING',
      'SCORE_AND_ABSENT',
      'PAPER_UNKNOWN',
      'REQUIRED_MISSING',
    ]) {
      expect([...codes]).toContain(code);
    }
    const sound = (found.counts['valid'] ?? 0) + (found.counts['warning'] ?? 0);
    expect(sound).toBeGreaterThan(35);
    expect(found.counts['invalid']).toBeGreaterThan(15);
    expect(found.counts['ignored']).toBeGreaterThan(0);
  });

  it('show ID numbers that became numbers', async () => {
    const found = await imported('exam-officer', 'EXAM_RESULTS', { examId: await openExam() }, NUMBERS_XLSX);
    expect(found.status).toBe('VALIDATED');
    expect([...(await codesOf('exam-officer', found))]).toEqual(['ID_STORED_AS_NUMBER']);
    expect(found.counts['valid']).toBeGreaterThan(5);
  });

  it('show a roster with faults', async () => {
    const found = await imported('hr', 'OFFICER_ROSTER', {}, ROSTER_XLSX);
    expect(found.status).toBe('VALIDATED');
    const codes = await codesOf('hr', found);
    for (const code of [
      'ID_STORED_AS_NUMBER',
      'ID_MISMATCH',
      'AUXILIARY_NOT_AN_OFFICER',
      'SUBJECT_UNKNOWN',
      'STAFF_CATEGORY_UNKNOWN',
      'DATE_MALFORMED',
      'ID_CHECK_DIGIT',
      'REQUIRED_MISSING',
      'DUPLICATE_IN_FILE',
    ]) {
      expect([...codes]).toContain(code);
    }
  });
});

describe('the story on other days', () => {
  it.each(['2027-01-01T00:30:00+08:00', '2028-02-29T23:50:00+08:00'])('is told on %s as well', async (day) => {
    const another = await openHouse();
    try {
      await clear(another);
      another.clock.set(day);
      expect(await loadDemo(another.app, PASSWORD)).toMatchObject({
        status: 'LOADED',
        counts: { officers: 480, certificates: 368, certificate_applications: 192, deployments: 22 },
      });
    } finally {
      await another.close();
    }
  });
});

describe('the people of the story', () => {
  it('are the same everywhere, each with an ID number that could be one and is nobody’s', () => {
    const [here, there] = [
      planPeople(new StoryTime(Date.parse('2026-03-01T00:00:00Z'))),
      planPeople(new StoryTime(Date.parse('2026-03-01T20:00:00Z'))),
    ];
    expect(here.map(({ name, idNumber, fate }) => [name, idNumber, fate])).toEqual(
      there.map(({ name, idNumber, fate }) => [name, idNumber, fate]),
    );
    expect(new Set(here.map(({ idNumber }) => idNumber)).size).toBe(480);
    for (const { idNumber, gender, birthDate } of here) {
      expect(checkIdNumber(idNumber, '2026-03-01')).toMatchObject({ ok: true, gender, birthDate });
    }
  });

  it('belong to bodies whose credit codes are right', async () => {
    const rows = await house.db.rows<{ uscc: string }>('SELECT uscc FROM subjects');
    expect(new Set(rows.map(({ uscc }) => uscc)).size).toBe(17);
    for (const { uscc } of rows) expect(checkCreditCode(uscc)).toMatchObject({ ok: true, divisionCode: '410102' });
  });
});
