import { randomBytes } from 'node:crypto';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { AppModule } from '../../../src/app.module.js';
import { sha256 } from '../../../src/infrastructure/crypto/canonical.js';
import { routesOf, type Route } from '../../../src/infrastructure/http/route-inventory.js';
import { newId } from '../../../src/kernel/ids.js';
import { ROLE_PERMISSIONS, type Role } from '../../../src/kernel/permissions.js';
import { creditCode, idNumber } from '../../support/codes.js';
import { insertOfficer, insertTeam, LONG_AGO, type Team } from '../../support/cleared-team.js';
import { drawnPicture, pictureForm } from '../../support/pictures.js';
import { insertSubject, type Answer, type House } from '../../support/house.js';

export const routes = routesOf(AppModule).filter(({ path }) => path !== '/metrics' && !path.startsWith('/health'));
export const named = ({ method, path }: Route): string => `${method} ${path.replace('/api/v1', '')}`;
export const parametersOf = (path: string): string[] => path.match(/:[A-Za-z]+/g) ?? [];

export interface Inputs {
  readonly body: (new () => object) | null;
  readonly query: (new () => object) | null;
}

/** The classes that a route's body and query are read into. */
export function inputsOf({ controller, handler }: Route): Inputs {
  const types = (Reflect.getMetadata('design:paramtypes', controller.prototype as object, handler) ??
    []) as (new () => object)[];
  const args = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, handler) ?? {}) as Record<
    string,
    { index: number }
  >;
  const typeOf = (kind: string) => {
    const [, found] = Object.entries(args).find(([key]) => key.startsWith(`${kind}:`)) ?? [];
    return (found && types[found.index]) ?? null;
  };
  return { body: typeOf('3'), query: typeOf('4') };
}

/** The house's people by role; the first that may take a route takes it. */
const PEOPLE: readonly (readonly [string, Role])[] = [
  ['hr', 'HR'],
  ['reviewer', 'REVIEWER'],
  ['approver', 'APPROVER'],
  ['exam-officer', 'EXAM_OFFICER'],
  ['supervisor', 'SUPERVISOR'],
  ['auditor', 'AUDITOR'],
  ['system-admin', 'SYSTEM_ADMIN'],
  ['security-admin', 'SECURITY_ADMIN'],
  ['officer', 'OFFICER'],
];
export const mayTake = ({ needs }: Route, roles: readonly Role[]): boolean =>
  needs === 'public' ||
  needs === 'signed-in' ||
  (needs ?? []).some((permission) => roles.some((role) => ROLE_PERMISSIONS[role].includes(permission)));
export function somebodyFor(route: Route): string {
  const found = PEOPLE.find(([, role]) => mayTake(route, [role]));
  if (!found) throw new Error(`nobody may ${named(route)}`);
  return found[0];
}

let serial = 1000 + (process.pid % 300) * 1000;
const next = (): number => (serial += 1);

/** Somebody who is not among the house's people: makes requests with any headers and any body, as they come. */
export class Stranger {
  private constructor(
    readonly url: string,
    readonly accountId: string,
    readonly token: string,
  ) {}

  static async of(
    house: House,
    given: { roles: readonly Role[]; homeSubjectId: string; officerId?: string },
  ): Promise<Stranger> {
    const [id, token] = [newId(), randomBytes(32).toString('base64url')];
    await house.uow.run(async () => {
      await house.db.insert('accounts', {
        id,
        username: `stranger-${next()}`,
        display_name: 'stranger',
        password_hash: '$none$',
        status: 'ACTIVE',
        home_subject_id: given.homeSubjectId,
        officer_id: given.officerId ?? null,
        created_at: LONG_AGO,
      });
      if (given.roles.length > 0) {
        await house.db.insert(
          'account_roles',
          given.roles.map((role) => ({ account_id: id, role })),
        );
      }
      await house.db.insert('sessions', {
        token_hash: sha256(token),
        account_id: id,
        created_at: new Date(),
        last_seen_at: new Date(Date.now() + 3_600_000),
        expires_at: new Date(Date.now() + 86_400_000),
      });
    });
    return new Stranger(house.url, id, token);
  }

  ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Told> {
    return ask(this.url, method, path, body, { authorization: `Bearer ${this.token}`, ...headers });
  }
}

export interface Told {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Record<string, unknown>;
}

/** One request; a text is sent as it is, everything else as JSON. */
export async function ask(
  url: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Told> {
  const raw = typeof body === 'string' || body instanceof FormData || body instanceof Uint8Array;
  const abort = new AbortController();
  const response = await fetch(
    `${url}${path.startsWith('/api/') || /^\/v(\/|$|\?)/.test(path) ? '' : '/api/v1'}${path}`,
    {
      method,
      signal: abort.signal,
      headers: {
        ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: (raw ? body : JSON.stringify(body)) as string | FormData }),
    },
  );
  const type = response.headers.get('content-type') ?? '';
  if (type.includes('event-stream')) {
    abort.abort();
    return { status: response.status, headers: response.headers, text: '', json: {} };
  }
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: type.includes('json') && text !== '' ? (JSON.parse(text) as Record<string, unknown>) : {},
  };
}

const made = <T extends Record<string, unknown>>(answer: Answer<T>): string => {
  if (answer.status >= 300) throw new Error(`not made: ${answer.status} ${JSON.stringify(answer.body).slice(0, 600)}`);
  return String(answer.body['id']);
};

const BASIS = { title: '河南省行政执法条例', article: '第十三条', rank: 'LOCAL_REGULATION' };

/** Makes records of every kind, as many as are wanted, all of them in `house.unit` or in a body below the district. */
export class World {
  private constructor(
    readonly house: House,
    readonly team: Team,
  ) {}

  static async in(house: House): Promise<World> {
    return new World(house, await insertTeam(house));
  }

  async body(kind = 'ADMIN_ORGAN', parent = this.house.unit): Promise<string> {
    const path = parent === this.house.root ? `/${parent}/` : `/${this.house.root}/${parent}/`;
    const { id } = await this.house.uow.run(() =>
      insertSubject(this.house.db, {
        name: `机关${next()}`,
        kind,
        parent: { id: parent, path },
        uscc: creditCode(next(), '11'),
      }),
    );
    return id;
  }

  subject(): Record<string, unknown> {
    return {
      name: `登记${next()}`,
      uscc: creditCode(next(), '11'),
      kind: 'ADMIN_ORGAN',
      divisionCode: '410102',
      parentId: this.house.unit,
      legalBases: [BASIS],
    };
  }

  delegation(delegateeId: string): Record<string, unknown> {
    return {
      delegatorId: this.house.unit,
      delegateeId,
      matterCodes: [this.team.matterCode],
      jurisdictionCode: '410102',
      authority: '日常检查',
      documentNo: `委${next()}`,
      legalBasis: BASIS,
      validFrom: '2026-01-01',
      validTo: '2027-12-31',
      signedOn: '2026-01-01',
    };
  }

  officer(): Record<string, unknown> {
    return {
      name: '王五',
      idNumber: idNumber(next()),
      gender: undefined,
      staffCategory: 'CIVIL_SERVANT',
      onEstablishment: true,
      education: '本科',
      phone: '0371-12345678',
      subjectId: this.house.unit,
      postTitle: '执法岗',
      domains: ['URBAN_MANAGEMENT'],
      legalQualificationNo: 'A1',
      assignedFrom: '2024-01-01',
    };
  }

  plan(): Record<string, unknown> {
    return {
      year: 2026,
      type: 'PRE_POST',
      title: '岗前培训',
      subject: 'SPECIAL_LAW',
      domain: 'URBAN_MANAGEMENT',
      audience: '新任职人员',
      hours: 24,
    };
  }

  class(): Record<string, unknown> {
    return { title: '第一期', startsOn: '2026-05-11', endsOn: '2026-05-13', place: '党校', capacity: 50, hours: 24 };
  }

  exam(): Record<string, unknown> {
    return {
      title: '资格考试',
      heldOn: '2026-06-20',
      papers: [{ subject: 'SPECIAL_LAW', domain: 'URBAN_MANAGEMENT', passMark: 60 }],
    };
  }

  async newSubject(): Promise<string> {
    return made(await this.house.as('reviewer').post('/subjects', this.subject()));
  }
  async newPower(subjectId: string): Promise<string> {
    const power = {
      matterCode: await this.newMatter(),
      jurisdictionCode: '410102',
      legalBasis: BASIS,
      validFrom: '2020-01-01',
    };
    return made(await this.house.as('reviewer').post(`/subjects/${subjectId}/powers`, power));
  }
  async newMatter(): Promise<string> {
    const code = `E-${next()}`;
    made(
      await this.house
        .as('reviewer')
        .post('/matters', { code, name: '检查', actType: 'INSPECTION', domain: 'URBAN_MANAGEMENT' }),
    );
    return code;
  }
  async newDelegation(more: Record<string, unknown> = {}): Promise<string> {
    const delegatee = await this.body('DELEGATED_ORG');
    return made(await this.house.as('reviewer').post('/delegations', { ...this.delegation(delegatee), ...more }));
  }
  async newOfficer(): Promise<string> {
    return made(await this.house.as('hr').post('/officers', this.officer()));
  }
  async newPhoto(officerId: string): Promise<void> {
    const version = (await this.house.as('hr').get(`/officers/${officerId}`)).headers.get('etag') ?? '';
    const form = pictureForm(await drawnPicture());
    const { status } = await this.house.as('hr').put(`/officers/${officerId}/photo`, form, { 'if-match': version });
    if (status !== 200) throw new Error(`no portrait: ${status}`);
  }
  /** An officer with a valid certificate. */
  async newHolder(): Promise<{ officerId: string; certificateId: string }> {
    const { id, certificateId } = await this.house.uow.run(() => insertOfficer(this.house.db, this.house.unit));
    return { officerId: id, certificateId };
  }
  async newPlan(): Promise<string> {
    return made(await this.house.as('hr-1').post('/training-plans', this.plan()));
  }
  async newClass(): Promise<string> {
    return made(await this.house.as('hr-1').post(`/training-plans/${await this.newPlan()}/classes`, this.class()));
  }
  /** Of the unit, not of the district. */
  async newExam(): Promise<string> {
    const id = made(await this.house.as('exam-officer').post('/exams', this.exam()));
    await this.house.uow.run(() =>
      this.house.db.execute('UPDATE exams SET owner_subject_id = ? WHERE id = ?', [this.house.unit, id]),
    );
    return id;
  }
  async newApplication(officerId: string, state: 'SUBMITTED' | 'RETURNED' = 'SUBMITTED'): Promise<string> {
    const id = newId();
    await this.house.uow.run(() =>
      this.house.db.insert('certificate_applications', {
        id,
        application_no: `EDGE-${next()}`,
        type: 'FIRST',
        certificate_type: 'SUPERVISION',
        officer_id: officerId,
        subject_id: this.house.unit,
        domains_json: '["URBAN_MANAGEMENT"]',
        state,
        open_slot: state === 'RETURNED' ? null : `${officerId}:SUPERVISION`,
        facts_json: '{}',
        submitted_by: this.house.as('hr').actor.accountId,
        submitted_at: LONG_AGO,
      }),
    );
    return id;
  }
  async newBatch(): Promise<string> {
    const id = newId();
    await this.house.uow.run(() =>
      this.house.db.insert('certificate_batches', {
        id,
        status: 'WAITING_FOR_NUMBERS',
        number_mode: 'BACKFILL',
        valid_from: '2026-01-01',
        valid_to: '2030-12-31',
        owner_subject_id: this.house.unit,
        created_by: this.house.as('approver').actor.accountId,
        created_at: LONG_AGO,
      }),
    );
    return id;
  }
  async newCardCase(holder: { officerId: string; certificateId: string }): Promise<string> {
    const id = newId();
    await this.house.uow.run(() =>
      this.house.db.insert('card_cases', {
        id,
        officer_id: holder.officerId,
        certificate_id: holder.certificateId,
        cause: 'RETIRED',
        due_on: '2026-01-01',
        opened_at: LONG_AGO,
      }),
    );
    return id;
  }
  async newSanction(): Promise<{ officerId: string; sanctionId: string }> {
    const { officerId } = await this.newHolder();
    const sanctionId = made(
      await this.house.as('hr').post(`/officers/${officerId}/sanctions`, {
        kind: 'DEMERIT',
        organ: '监委',
        document: '1号',
        effectiveFrom: '2026-01-05',
      }),
    );
    return { officerId, sanctionId };
  }
  async newSanctionCase(): Promise<string> {
    const { officerId } = await this.newSanction();
    const { body } = await this.house
      .as('hr')
      .get<{ items: { id: string }[] }>(`/card-cases?officerId=${officerId}&cause=SANCTIONED`);
    const [one] = body.items;
    if (!one) throw new Error('a sanction opened no case');
    return one.id;
  }
  /** A live certificate whose card is there. */
  async newCard(state: 'AT_DESK' | 'WITH_HOLDER' | 'RETURNED'): Promise<string> {
    const { certificateId } = await this.newHolder();
    await this.house.uow.run(() => this.house.db.insert('card_custodies', { certificate_id: certificateId, state }));
    return certificateId;
  }
  async newEndedCard(): Promise<string> {
    const { certificateId } = await this.newHolder();
    const body = { cause: 'RETIRED', cardReturned: true };
    const told = await this.house.as('approver').post(`/certificates/${certificateId}/cancel`, body);
    if (told.status !== 200) throw new Error(`not cancelled: ${JSON.stringify(told.body).slice(0, 300)}`);
    // Whatever its origin: it was handed out before.
    await this.house.uow.run(() =>
      this.house.db.execute(`UPDATE card_custodies SET state = 'RETURNED' WHERE certificate_id = ?`, [certificateId]),
    );
    return certificateId;
  }
  async newDestruction(): Promise<string> {
    const certificateIds = [await this.newEndedCard()];
    return made(await this.house.as('approver').post('/card-destructions', { certificateIds, note: '碎卡' }));
  }
  async newCheck(): Promise<string> {
    const answer = await this.house.as('supervisor').post('/duty/checks', this.team.question());
    if (answer.status !== 200) throw new Error(`no check: ${JSON.stringify(answer.body).slice(0, 500)}`);
    return String(answer.body['checkId']);
  }
  private week = 0;
  /** Each in a week of its own: nobody is sent to two places at once. */
  async newDeployment(): Promise<string> {
    const day = new Date(Date.UTC(2027, 3, 1) + (this.week += 1) * 7 * 86_400_000).toISOString().slice(0, 10);
    const span = { from: `${day}T08:00:00+08:00`, to: `${day}T18:00:00+08:00` };
    return made(
      await this.house.as('supervisor').post('/duty/deployments', { title: '夜市检查', ...this.team.question(span) }),
    );
  }
  private importing: Promise<unknown> = Promise.resolve();
  /** A roster that waits for its commit, with one row that can be corrected. One after another: the house drains for all. */
  newImport(): Promise<string> {
    const made = this.importing.then(() => this.anImport());
    this.importing = made.catch(() => undefined);
    return made;
  }
  private async anImport(): Promise<string> {
    const form = new FormData();
    form.set('kind', 'OFFICER_ROSTER');
    const heading = '单位名称,姓名,性别,身份证号,学历,人员类别,是否在编,是否在岗,执法岗位,执法领域,任职起始日期';
    const row = `没有这个单位,张三${next()},男,${idNumber(next())},本科,公务员,是,是,行政执法岗,城市管理,2025-01-01`;
    form.set('file', new Blob([`${heading}\n${row}\n`]), '花名册.csv');
    const id = made(await this.house.as('hr-1').post('/imports', form));
    await this.house.drain();
    return id;
  }
  async newAccount(homeSubjectId = this.house.unit): Promise<string> {
    return made(
      await this.house.as('system-admin').post('/accounts', {
        username: `edge-${next()}`,
        displayName: '某人',
        homeSubjectId,
      }),
    );
  }
  async newMismatch(): Promise<string> {
    const id = newId();
    await this.house.uow.run(() =>
      this.house.db.insert('mismatch_reports', {
        id,
        certificate_id: this.team.officers[0]?.certificateId ?? null,
        subject_id: this.house.unit,
        kind: 'OTHER',
        verdict: 'USABLE',
        reported_at: LONG_AGO,
        status: 'OPEN',
      }),
    );
    return id;
  }
  async newPublication(state: 'PREPARED' | 'PUBLISHED' = 'PREPARED'): Promise<string> {
    const { officerId, certificateId } = await this.newHolder();
    const id = newId();
    const [preparer, checker] = [this.house.as('hr-1').actor.accountId, this.house.as('approver').actor.accountId];
    const [pending, published] = state === 'PREPARED' ? [certificateId, null] : [null, certificateId];
    await this.house.uow.run(() =>
      this.house.db.insert('publications', {
        id,
        certificate_id: certificateId,
        officer_id: officerId,
        subject_id: this.house.unit,
        cause: 'ISSUED',
        state,
        pending_slot: pending,
        public_slot: published,
        since_on: '2026-01-05',
        amber_on: '2026-01-09',
        target_on: '2026-01-12',
        limit_on: '2026-02-02',
        content_json: '{"domains":[]}',
        prepared_by: preparer,
        checked_by: checker,
        opened_at: LONG_AGO,
      }),
    );
    return id;
  }
  private reviewedYear = 2000;
  /** A file of a review that nothing else is taken into, and the review. */
  async newReview(): Promise<{ readonly campaignId: string; readonly fileId: string }> {
    const { officerId, certificateId } = await this.newHolder();
    const [campaignId, fileId, year] = [newId(), newId(), (this.reviewedYear += 1)];
    await this.house.uow.run(async () => {
      await this.house.db.insert('review_campaigns', {
        id: campaignId,
        reviewed_year: year,
        owner_subject_id: this.house.unit,
        period_from: '2026-03-01',
        period_to: '2099-12-31',
        state: 'CLOSED',
        settings_json: JSON.stringify({
          annualHours: 60,
          proRata: true,
          hoursBlock: false,
          newCardMonths: 3,
          testAfterYears: 3,
          idleMonths: 24,
          bars: 'allOn',
        }),
        opened_at: LONG_AGO,
      });
      await this.house.db.insert('review_files', {
        id: fileId,
        campaign_id: campaignId,
        certificate_id: certificateId,
        officer_id: officerId,
        subject_id: this.house.unit,
        reviewed_year: year,
        sorting: 'NEEDS_EXPLANATION',
        sort_key: `2:${fileId}`,
        state: 'AWAITING_EXPLANATION',
        facts_json: '{}',
        findings_json: '[]',
        causes: '',
        prepared_at: LONG_AGO,
      });
    });
    return { campaignId, fileId };
  }
  /** Of the unit, made by its own people. */
  async newRoster(): Promise<string> {
    return made(await this.house.as('hr-1').post('/offline/rosters', { title: '一组', subjectIds: [this.house.unit] }));
  }
  async newReminder(): Promise<string> {
    const { officerId, certificateId } = await this.newHolder();
    const id = newId();
    await this.house.uow.run(() =>
      this.house.db.insert('reminders', {
        id,
        source: 'certificate.expiry',
        target_type: 'certificate',
        target_id: certificateId,
        subject_id: this.house.unit,
        officer_id: officerId,
        stage: '30',
        level: 2,
        deadline: '2026-06-30',
        raised_at: LONG_AGO,
      }),
    );
    return id;
  }
  /** It wants what nothing here makes, so nothing leaves. */
  async newWebhook(): Promise<string> {
    return made(
      await this.house.as('system-admin').post('/webhooks', {
        url: 'https://receiver.invalid/hook',
        description: '对接',
        eventTypes: ['certificate.expired'],
      }),
    );
  }
  async newDelivery(webhookId: string): Promise<string> {
    const [id, eventId] = [newId(), newId()];
    await this.house.uow.run(async () => {
      await this.house.db.insert('events', {
        id: eventId,
        type: 'import.completed',
        object_type: 'import',
        object_id: newId(),
        occurred_at: new Date(),
        spread_at: new Date(),
      });
      await this.house.db.insert('webhook_deliveries', {
        id,
        webhook_id: webhookId,
        event_id: eventId,
        state: 'DEAD',
        tries_left: 0,
        next_at: LONG_AGO,
        created_at: LONG_AGO,
      });
    });
    return id;
  }
  async newMail(accountId: string): Promise<string> {
    const id = newId();
    await this.house.uow.run(() =>
      this.house.db.insert('mails', {
        id,
        account_id: accountId,
        notices: 1,
        state: 'DEAD',
        next_at: LONG_AGO,
        created_at: LONG_AGO,
      }),
    );
    return id;
  }
  async newNotification(accountId: string): Promise<string> {
    const id = newId();
    await this.house.uow.run(() =>
      this.house.db.insert('notifications', {
        id,
        account_id: accountId,
        kind: 'edge',
        target_type: 'import',
        target_id: newId(),
        summary: 'x',
        created_at: LONG_AGO,
      }),
    );
    return id;
  }
}
