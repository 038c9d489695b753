import { newId } from '../../../src/kernel/ids.js';
import type { House } from '../../support/house.js';
import { idNumber } from '../../support/codes.js';
import type { World } from './world.js';

/** One request that would be taken: where to and with what. */
export interface Sample {
  readonly path: string;
  readonly body: Record<string, unknown>;
  /** Another one than the first that may. */
  readonly who?: string;
}

const BASIS = { title: '河南省行政执法条例', article: '第十三条', rank: 'LOCAL_REGULATION' };
const FROM = { effectiveFrom: '2026-01-05' };
const after = async (house: House, who: string, path: string, body: object, target: string): Promise<string> => {
  const { status, body: told } = await house.as(who).post(path, body);
  if (status >= 300) throw new Error(`${path}: ${status} ${JSON.stringify(told).slice(0, 400)}`);
  return target;
};

/** For each route with a body: a fresh record and a body that fits it. */
export const SAMPLES: Readonly<Record<string, (world: World) => Promise<Sample>>> = {
  'POST /subjects': async (w) => ({ path: '/subjects', body: w.subject() }),
  'POST /subjects/:id/confirm': async (w) => ({
    path: `/subjects/${await w.newSubject()}/confirm`,
    body: { approvalDocument: '1号', announcementReference: 'x', announcedOn: '2026-01-01', ...FROM },
  }),
  'POST /subjects/:id/suspend': async (w) => ({
    path: `/subjects/${await w.body()}/suspend`,
    body: { reason: '整改', document: '1号', ...FROM },
  }),
  'POST /subjects/:id/abolish': async (w) => ({
    path: `/subjects/${await w.body()}/abolish`,
    body: { reason: '撤并', document: '1号', ...FROM },
  }),
  'POST /subjects/:id/restore': async (w) => {
    const id = await w.body();
    const suspension = { reason: 'x', document: 'y', effectiveFrom: '2026-01-01' };
    await after(w.house, 'approver', `/subjects/${id}/suspend`, suspension, id);
    return { path: `/subjects/${id}/restore`, body: { document: '2号', ...FROM } };
  },
  'POST /matters': async () => ({
    path: '/matters',
    body: { code: `S-${newId().toUpperCase()}`, name: '检查', actType: 'INSPECTION', domain: 'URBAN_MANAGEMENT' },
  }),
  'POST /subjects/:id/powers': async (w) => ({
    path: `/subjects/${await w.body()}/powers`,
    body: {
      matterCode: w.team.matterCode,
      jurisdictionCode: '410102',
      legalBasis: BASIS,
      validFrom: '2026-01-01',
      validTo: '2027-01-01',
    },
  }),
  'POST /subjects/:id/powers/:powerId/end': async (w) => {
    const subject = await w.body();
    return {
      path: `/subjects/${subject}/powers/${await w.newPower(subject)}/end`,
      body: { validTo: '2026-12-31', reason: '更正' },
    };
  },
  'POST /delegations': async (w) => ({ path: '/delegations', body: w.delegation(await w.body('DELEGATED_ORG')) }),
  'POST /delegations/:id/sign': async (w) => ({
    path: `/delegations/${await w.newDelegation({ signedOn: undefined })}/sign`,
    body: { signedOn: '2026-01-01' },
  }),
  'POST /delegations/:id/publish': async (w) => ({
    path: `/delegations/${await w.newDelegation()}/publish`,
    body: {
      delegatorPublication: { reference: 'x', publishedOn: '2026-01-02' },
      delegateePublication: { reference: 'y', publishedOn: '2026-01-02' },
    },
  }),
  'POST /delegations/:id/suspend': async (w) => ({
    path: `/delegations/${await w.newDelegation()}/suspend`,
    body: { reason: '整改', ...FROM },
  }),
  'POST /delegations/:id/resume': async (w) => {
    const id = await w.newDelegation();
    const suspension = { reason: 'x', effectiveFrom: '2026-01-02' };
    await after(w.house, 'approver', `/delegations/${id}/suspend`, suspension, id);
    return { path: `/delegations/${id}/resume`, body: { ...FROM } };
  },
  'POST /delegations/:id/revoke': async (w) => ({
    path: `/delegations/${await w.newDelegation()}/revoke`,
    body: { reason: '收回', ...FROM },
  }),
  'POST /delegations/:id/supervisions': async (w) => ({
    path: `/delegations/${await w.newDelegation()}/supervisions`,
    body: { happenedOn: '2026-02-01', summary: '检查', findings: '无' },
  }),
  'POST /delegations/:id/reports': async (w) => ({
    path: `/delegations/${await w.newDelegation()}/reports`,
    body: { happenedOn: '2026-02-01', summary: '报告', findings: '无' },
  }),
  'POST /officers': async (w) => ({ path: '/officers', body: w.officer() }),
  'POST /officers/search': async () => ({ path: '/officers/search', body: { idNumber: idNumber(7) } }),
  'PATCH /officers/:id': async (w) => ({
    path: `/officers/${await w.newOfficer()}`,
    body: {
      name: '赵六',
      phone: '0371-87654321',
      education: '硕士',
      postTitle: '执法员',
      domains: ['URBAN_MANAGEMENT'],
      legalQualificationNo: 'B2',
      staffCategory: 'CIVIL_SERVANT',
      onEstablishment: true,
    },
  }),
  'POST /officers/:id/transfer': async (w) => ({
    path: `/officers/${await w.newOfficer()}/transfer`,
    body: { subjectId: w.house.otherUnit, postTitle: '执法员', staffCategory: 'CIVIL_SERVANT', ...FROM },
  }),
  'POST /officers/:id/leave': async (w) => ({
    path: `/officers/${await w.newOfficer()}/leave`,
    body: { cause: 'RESIGNED', ...FROM },
  }),
  'POST /officers/:id/off-post': async (w) => ({
    path: `/officers/${await w.newOfficer()}/off-post`,
    body: { cause: 'OTHER', document: '1号', ...FROM },
  }),
  'POST /officers/:id/back-on-post': async (w) => {
    const id = await w.newOfficer();
    await after(w.house, 'hr', `/officers/${id}/off-post`, { cause: 'OTHER', effectiveFrom: '2026-01-01' }, id);
    return { path: `/officers/${id}/back-on-post`, body: { document: '2号', ...FROM } };
  },
  'POST /officers/:id/reveal-id-number': async (w) => ({
    path: `/officers/${await w.newOfficer()}/reveal-id-number`,
    body: { reason: '核对' },
  }),
  'POST /training-plans': async (w) => ({ path: '/training-plans', body: w.plan() }),
  'POST /training-plans/:id/classes': async (w) => ({
    path: `/training-plans/${await w.newPlan()}/classes`,
    body: w.class(),
  }),
  'POST /training-classes/:id/enrolments': async (w) => ({
    path: `/training-classes/${await w.newClass()}/enrolments`,
    body: { officerIds: [w.team.officers[0]?.id] },
  }),
  'POST /training-classes/:id/attendance': async (w) => {
    const [id, officerId] = [await w.newClass(), w.team.officers[0]?.id];
    await after(w.house, 'hr', `/training-classes/${id}/enrolments`, { officerIds: [officerId] }, id);
    return { path: `/training-classes/${id}/attendance`, body: { records: [{ officerId, hours: 8 }] } };
  },
  'POST /exams': async (w) => ({ path: '/exams', body: w.exam() }),
  'POST /exams/:id/registrations': async (w) => ({
    path: `/exams/${await w.newExam()}/registrations`,
    body: { officerIds: [w.team.officers[0]?.id] },
  }),
  'POST /certificate-applications': async (w) => ({
    path: '/certificate-applications',
    body: {
      type: 'FIRST',
      certificateType: 'ENFORCEMENT',
      subjectId: w.house.unit,
      domains: ['URBAN_MANAGEMENT'],
      officerIds: [w.team.officers[0]?.id],
    },
  }),
  'POST /certificate-applications/decide': async (w) => ({
    path: '/certificate-applications/decide',
    body: { applicationIds: [await w.newApplication(await w.newOfficer())], decision: 'RETURN', opinion: '补材料' },
  }),
  'POST /certificate-applications/:id/withdraw': async (w) => ({
    path: `/certificate-applications/${await w.newApplication(await w.newOfficer())}/withdraw`,
    body: { reason: '不再申请' },
  }),
  'POST /certificate-applications/:id/resubmit': async (w) => {
    const officerId = await w.newOfficer();
    return {
      path: `/certificate-applications/${await w.newApplication(officerId, 'RETURNED')}/resubmit`,
      body: { note: '已补正', domains: ['URBAN_MANAGEMENT'] },
    };
  },
  'POST /card-cases/:id/keep': async (w) => ({
    path: `/card-cases/${await w.newSanctionCase()}/keep`,
    body: { document: '3号', reason: '情节轻微' },
  }),
  'POST /cards/:id/hand-out': async (w) => ({
    path: `/cards/${await w.newCard('AT_DESK')}/hand-out`,
    body: { counterpart: '本人', happenedOn: '2026-01-05', note: '领取' },
  }),
  'POST /cards/:id/take-back': async (w) => ({
    path: `/cards/${await w.newCard('WITH_HOLDER')}/take-back`,
    body: { counterpart: '本人', happenedOn: '2026-01-05', note: '交回' },
  }),
  'POST /cards/:id/give-back': async (w) => ({
    path: `/cards/${await w.newCard('RETURNED')}/give-back`,
    body: { counterpart: '本人', happenedOn: '2026-01-05', note: '发还' },
  }),
  'POST /cards/:id/report-missing': async (w) => ({
    path: `/cards/${await w.newCard('WITH_HOLDER')}/report-missing`,
    body: { counterpart: '本人', happenedOn: '2026-01-05', note: '未交回' },
  }),
  'POST /card-destructions': async (w) => ({
    path: '/card-destructions',
    body: { certificateIds: [await w.newEndedCard()], note: '碎卡' },
  }),
  'POST /card-destructions/:id/sign': async (w) => ({
    path: `/card-destructions/${await w.newDestruction()}/sign`,
    body: { note: '已监销' },
  }),
  'POST /card-destructions/:id/withdraw': async (w) => ({
    path: `/card-destructions/${await w.newDestruction()}/withdraw`,
    body: { reason: '另行处理' },
  }),
  'POST /officers/:id/sanctions': async (w) => ({
    path: `/officers/${await w.newOfficer()}/sanctions`,
    body: {
      kind: 'CONVICTION',
      organ: '中原区人民法院',
      document: '1号',
      effectiveFrom: '2026-01-05',
      servedOn: '2027-01-05',
    },
  }),
  'POST /officers/:id/sanctions/:sanctionId/withdraw': async (w) => {
    const { officerId, sanctionId } = await w.newSanction();
    return {
      path: `/officers/${officerId}/sanctions/${sanctionId}/withdraw`,
      body: { document: '2号', reason: '撤销处分' },
    };
  },
  'POST /officers/:id/disqualify': async (w) => ({
    path: `/officers/${(await w.newHolder()).officerId}/disqualify`,
    body: { ground: 'LENT', document: '1号', decidedBy: '中原区司法局', ...FROM, banYears: 2, permanent: false },
  }),
  'POST /certificates/:id/void-notice': async (w) => {
    const id = (await w.newHolder()).certificateId;
    await after(w.house, 'hr', `/certificates/${id}/report-loss`, {}, id);
    return {
      path: `/certificates/${id}/void-notice`,
      body: { medium: '大河报', reference: '2026-1', publishedOn: '2026-01-05' },
    };
  },
  'PUT /calendar/:year': async () => ({
    path: '/calendar/2031',
    body: { days: [{ day: '2031-01-01', isWorkday: false, name: '元旦' }], reason: '通知' },
  }),
  'POST /certificate-batches': async () => ({
    path: '/certificate-batches',
    body: { applicationIds: [newId()], validFrom: '2026-03-01', validTo: '2030-02-28' },
  }),
  'POST /certificates/:id/suspend': async (w) => ({
    path: `/certificates/${(await w.newHolder()).certificateId}/suspend`,
    body: { ground: 'OTHER', document: '1号', ...FROM, plannedTo: '2026-06-30' },
  }),
  'POST /certificates/:id/lift': async (w) => {
    const id = (await w.newHolder()).certificateId;
    const suspension = { ground: 'OTHER', document: '1号', effectiveFrom: '2026-01-01' };
    await after(w.house, 'approver', `/certificates/${id}/suspend`, suspension, id);
    return { path: `/certificates/${id}/lift`, body: { document: '2号', ...FROM } };
  },
  'POST /certificates/:id/revoke': async (w) => ({
    path: `/certificates/${(await w.newHolder()).certificateId}/revoke`,
    body: { ground: 'LENT', document: '1号', ...FROM },
  }),
  'POST /certificates/:id/report-loss': async (w) => ({
    path: `/certificates/${(await w.newHolder()).certificateId}/report-loss`,
    body: { ...FROM },
  }),
  'POST /certificates/:id/cancel': async (w) => ({
    path: `/certificates/${(await w.newHolder()).certificateId}/cancel`,
    body: { cause: 'RETIRED', document: '1号', ...FROM, cardReturned: true },
  }),
  'POST /certificates/verify': async (w) => ({
    path: '/certificates/verify',
    body: { no: w.team.officers[0]?.certificateNo, place: '建设路口' },
  }),
  'POST /offline/rosters': async (w) => ({
    path: '/offline/rosters',
    body: {
      title: '夜市检查',
      subjectIds: [w.house.unit],
      officerIds: [w.team.officers[0]?.id],
      withPhotos: false,
    },
  }),
  'POST /mismatch-reports/:id/settle': async (w) => ({
    path: `/mismatch-reports/${await w.newMismatch()}/settle`,
    body: { outcome: 'UNFOUNDED', note: '已核实' },
  }),
  'POST /publications/prepare': async (w) => ({
    path: '/publications/prepare',
    body: { publicationIds: [await w.newPublication()], note: '准备' },
  }),
  'POST /publications/check': async (w) => ({
    path: '/publications/check',
    body: {
      publicationIds: [await w.newPublication()],
      decision: 'RETURN',
      privacyChecked: false,
      secrecyChecked: false,
      note: '退回',
    },
  }),
  'POST /publications/:id/withhold': async (w) => ({
    path: `/publications/${await w.newPublication('PUBLISHED')}/withhold`,
    body: { reason: '涉密' },
  }),
  'POST /review-campaigns': async (w) => ({
    path: '/review-campaigns',
    body: { subjectId: await w.body(), reviewedYear: 2025, periodFrom: '2026-03-01', periodTo: '2099-12-31' },
  }),
  'POST /review-files/explain': async (w) => ({
    path: '/review-files/explain',
    body: { fileIds: [(await w.newReview()).fileId], explanation: '借调三个月' },
  }),
  'POST /review-files/decide': async (w) => ({
    path: '/review-files/decide',
    body: { fileIds: [(await w.newReview()).fileId], decision: 'PASS', opinion: '同意' },
  }),
  'POST /review-files/reopen': async (w) => ({
    path: '/review-files/reopen',
    body: { fileIds: [(await w.newReview()).fileId], note: '已整改' },
  }),
  'POST /webhooks': async () => ({
    path: '/webhooks',
    body: { url: 'https://receiver.invalid/hook', description: '对接', eventTypes: ['certificate.expired'] },
  }),
  'PATCH /webhooks/:id': async (w) => ({
    path: `/webhooks/${await w.newWebhook()}`,
    body: { url: 'https://receiver.invalid/other', description: '改', eventTypes: ['deployment.recalled'] },
  }),
  'POST /webhooks/:id/replay': async (w) => ({
    path: `/webhooks/${await w.newWebhook()}/replay`,
    body: { since: '2026-01-01' },
  }),
  'POST /accounts/:id/mail-address': async (w) => ({
    path: `/accounts/${await w.newAccount()}/mail-address`,
    body: { address: 'hr@example.org' },
  }),
  'POST /notifications/read-all': async () => ({
    path: '/notifications/read-all',
    body: { kind: 'import.finished' },
  }),
  'POST /duty/checks': async (w) => ({
    path: '/duty/checks',
    body: { ...w.team.question(), knownAt: '2026-06-01T00:00:00Z', record: true },
  }),
  'POST /duty/members/find': async (w) => ({
    path: '/duty/members/find',
    body: { text: '张三、李四', subjectId: w.team.subjectId },
  }),
  'POST /duty/deployments': async (w) => ({ path: '/duty/deployments', body: { title: '检查', ...w.team.question() } }),
  'PATCH /imports/:id/mapping': async (w) => ({
    path: `/imports/${await w.newImport()}/mapping`,
    body: { columns: { name: '姓名', idNumber: '身份证号' }, values: {} },
  }),
  'PATCH /imports/:id/rows/:rowNumber': async (w) => ({
    path: `/imports/${await w.newImport()}/rows/2`,
    body: { values: { name: '李四' } },
  }),
  'POST /imports/:id/fixes': async (w) => ({
    path: `/imports/${await w.newImport()}/fixes`,
    body: { column: 'subjectName', value: '没有这个单位', replacement: '城市管理局' },
  }),
  'POST /imports/:id/rows/:rowNumber/repairs': async (w) => ({
    path: `/imports/${await w.newImport()}/rows/2/repairs`,
    body: { offerId: 'none' },
  }),
  'POST /imports/:id/commit': async (w) => ({
    path: `/imports/${await w.newImport()}/commit`,
    body: { policy: 'VALID_ROWS_ONLY', existing: 'UPDATE', reason: '更正', acknowledge: [] },
  }),
  'POST /accounts': async (w) => ({
    path: '/accounts',
    body: {
      username: `s-${newId()}`,
      displayName: '某人',
      homeSubjectId: w.house.unit,
      officerId: w.team.officers[0]?.id,
      password: 'Xr7-lang-genug-42',
    },
  }),
  'PATCH /accounts/:id': async (w) => ({
    path: `/accounts/${await w.newAccount()}`,
    body: { displayName: '他人', homeSubjectId: w.house.unit },
  }),
  'POST /accounts/:id/reset-password': async (w) => ({
    path: `/accounts/${await w.newAccount()}/reset-password`,
    body: { password: 'Xr7-lang-genug-42' },
  }),
  'PUT /accounts/:id/roles': async (w) => ({
    path: `/accounts/${await w.newAccount()}/roles`,
    body: { roles: ['HR'] },
  }),
  'PUT /settings/:key': async () => ({
    path: '/settings/alert.expiryDays',
    body: { value: 60, effectiveFrom: '2099-01-01', reason: '试' },
  }),
  'POST /settings/:key/approve': async () => ({ path: '/settings/exam.passMark/approve', body: { opinion: '同意' } }),
  'POST /settings/:key/refuse': async () => ({ path: '/settings/exam.passMark/refuse', body: { reason: '不同意' } }),
  'POST /auth/demo-sign-in': async () => ({ path: '/auth/demo-sign-in', body: { username: 'nobody-here' } }),
  'POST /auth/login': async () => ({ path: '/auth/login', body: { username: 'nobody-here', password: 'x' } }),
  'POST /auth/change-password': async () => ({
    path: '/auth/change-password',
    body: { currentPassword: 'x', newPassword: 'Xr7-lang-genug-42' },
  }),
};
