import { afterAll, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import { ImportsModule } from '../../../src/imports/index.js';
import { OfficersModule } from '../../../src/officers/index.js';
import { TrainingModule } from '../../../src/training/index.js';
import { openHouse, type House } from '../../support/house.js';
import { committed, csv, show, uploaded } from '../imports/support.js';
import { anIdNumber, everyText } from '../officers/people.js';

jest.setTimeout(120_000);
let house: House;
beforeAll(async () => {
  house = await openHouse({ modules: [OfficersModule, TrainingModule, ImportsModule] });
});
afterAll(() => house?.close());
beforeEach(() => house.clock.set('2026-03-20T02:00:00.000Z'));

interface Row {
  rowNumber: number;
  state: string;
  problems: { code: string; level: string }[];
}
const HEADING =
  '序号,单位名称,姓名,性别,民族,身份证号码,学历,人员类别（编制性质）,是否在编,是否在岗,职务,执法岗位,执法领域,联系电话,备注'.split(
    ',',
  );
const line = (n: number, idNumber: string, more: Record<string, string> = {}): string[] => {
  const values: Record<string, string> = {
    序号: String(n),
    单位名称: '城市管理局',
    姓名: '张　三',
    性别: '男',
    民族: '汉族',
    身份证号码: idNumber,
    学历: '大学本科',
    '人员类别（编制性质）': '参公',
    是否在编: '在编',
    是否在岗: '√',
    职务: '科员',
    执法岗位: '行政执法岗',
    执法领域: '城市管理、市场监管',
    联系电话: '13812340000',
    备注: '',
    ...more,
  };
  return HEADING.map((name) => values[name] ?? '');
};
const rowsOf = async (id: string): Promise<Record<string, string[]>> => {
  const { body } = await house.as('hr').get<{ items: Row[] }>(`/imports/${id}/rows?limit=200`);
  return Object.fromEntries(
    body.items.map(({ rowNumber, state, problems }) => [
      String(rowNumber),
      [state, ...problems.filter(({ level }) => level === 'ERROR').map(({ code }) => code)],
    ]),
  );
};

it('a roster goes from the file into the register and back', async () => {
  const ids = Array.from({ length: 6 }, () => anIdNumber());
  const rows = [
    HEADING,
    line(1, ids[0] ?? ''),
    line(2, ids[1]?.toLowerCase() ?? '', { 联系电话: '' }),
    line(3, ids[2] ?? '', { '人员类别（编制性质）': '协管员' }),
    line(4, ids[3] ?? '', { 性别: '女' }),
    line(5, ids[4] ?? '', { 单位名称: '没有这个局' }),
    line(6, ids[5] ?? ''),
    line(7, ids[5] ?? '', { 姓名: '李四' }),
    line(8, '4.10102E+17'),
    line(9, ids[4] ?? '', { 姓名: '' }),
  ];
  const shown = await uploaded(house, csv(rows), { kind: 'OFFICER_ROSTER', parameters: {}, name: '花名册.csv' });
  expect(shown.status).toBe('VALIDATED');
  expect(await rowsOf(shown.id)).toMatchObject({
    2: ['VALID'],
    3: ['VALID'],
    4: ['INVALID', 'AUXILIARY_NOT_AN_OFFICER'],
    5: ['INVALID', 'ID_MISMATCH'],
    7: ['INVALID', 'DUPLICATE_IN_FILE'],
    8: ['INVALID', 'DUPLICATE_IN_FILE'],
    9: ['INVALID', 'ID_STORED_AS_NUMBER'],
  });
  const done = await committed(house, shown.id);
  expect([done.status, done.counts]).toMatchObject(['PARTIALLY_COMPLETED', { created: 2, invalid: 7 }]);
  const found = await house
    .as('hr')
    .post<{ items: Record<string, unknown>[] }>('/officers/search', { idNumber: ids[0] });
  expect(found.body.items).toMatchObject([
    {
      name: '张三',
      staffCategory: 'REF_CIVIL_SERVANT',
      subjectId: house.unit,
      onEstablishment: true,
      state: 'ON_DUTY',
    },
  ]);

  const again = await uploaded(
    house,
    csv([HEADING, line(1, ids[0] ?? ''), line(2, ids[1] ?? '', { 学历: '研究生' })]),
    {
      kind: 'OFFICER_ROSTER',
      parameters: {},
      name: '花名册2.csv',
    },
  );
  expect((await committed(house, again.id)).counts).toMatchObject({ unchanged: 1, updated: 1 });
  const refused = await house.as('hr').post(`/imports/${shown.id}/revert?dryRun=true`);
  expect(refused).toMatchObject({ status: 200, body: { reverted: 1, lockedRows: 1 } });
  const back = await house.as('hr').post(`/imports/${again.id}/revert`);
  expect(back).toMatchObject({ status: 200, body: { reverted: 1, lockedRows: 0 } });
  expect((await house.as('hr').post(`/imports/${shown.id}/revert`)).body).toMatchObject({ reverted: 1, lockedRows: 1 });
  expect((await show(house.as('hr'), shown.id)).status).toBe('REVERTED');
  const texts = await everyText(house);
  for (const id of ids) expect(texts).not.toContain(id);
});

it('hours go from the file into an open class, and not into a closed one', async () => {
  const ids = [anIdNumber(), anIdNumber()];
  const roster = await uploaded(house, csv([HEADING, ...ids.map((id, i) => line(i + 1, id))]), {
    kind: 'OFFICER_ROSTER',
    parameters: {},
    name: '人员.csv',
  });
  await committed(house, roster.id);
  const plan = { year: 2026, type: 'PRE_POST', title: '岗前培训', subject: 'COMMON_LAW', hours: 40 };
  const { body: made } = await house.as('hr').post<{ id: string }>('/training-plans', plan);
  const given = { title: '第一期', startsOn: '2026-03-02', endsOn: '2026-03-06', place: '党校', hours: 40 };
  const { body: training } = await house.as('hr').post<{ id: string }>(`/training-plans/${made.id}/classes`, given);
  const sheet = csv([
    ['身份证号', '姓名', '培训班', '培训类型', '开始', '结束', '学时', '方式'],
    [ids[0] ?? '', '张三', '第一期', '岗前培训', '2026.3.2', '2026.3.6', '40', '集中'],
    [ids[1] ?? '', '李四', '第一期', '岗前培训', '2026.3.2', '2026.3.6', '38.5学时', '集中'],
    [anIdNumber(), '张三', '第一期', '岗前培训', '', '', '8', '集中'],
  ]);
  const parameters = { trainingClassId: training.id };
  const shown = await uploaded(house, sheet, { kind: 'TRAINING_HOURS', parameters, name: '学时.csv' });
  expect(await rowsOf(shown.id)).toEqual({
    2: ['VALID'],
    3: ['INVALID', 'NAME_MISMATCH'],
    4: ['INVALID', 'OFFICER_UNKNOWN'],
  });
  expect((await committed(house, shown.id)).counts).toMatchObject({ created: 1, invalid: 2 });
  await house.as('hr').post(`/training-classes/${training.id}/close`);
  const data = new FormData();
  data.append('kind', 'TRAINING_HOURS');
  data.append('parameters', JSON.stringify(parameters));
  data.append('file', new Blob([sheet]), '学时2.csv');
  const late = await house.as('hr').post<{ code: string }>('/imports', data);
  expect([late.status, late.body.code]).toEqual([409, 'CLASS_CLOSED']);
  const locked = await house.as('hr').post<{ code: string }>(`/imports/${shown.id}/revert`);
  expect([locked.status, locked.body.code]).toEqual([422, 'ALL_ROWS_LOCKED']);
});
