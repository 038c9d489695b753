import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import type { Locator, Page } from 'playwright-core';
import { DIRTY_CSV } from '../../src/demo/demo-files.js';
import { openTheatre, type Theatre } from './support/journey.js';
import { choose, takeOption } from './support/steps.js';

/** A registration for one paper, as the exam room knows it. */
interface Sat {
  readonly admission_no: string;
  readonly name: string;
  readonly subject: string;
  readonly domain: string;
}
interface Recorded extends Sat {
  readonly outcome: string;
  readonly score: string | null;
}

const FIRST_ROW = 4;
/** Columns of the file. */
const [NAME, ID, SCORE] = [2, 3, 7];
/** Lines that stand twice: those behind them are one row further down. */
const TWICE = [51, 53];
const rowOf = (line: number): number => FIRST_ROW + line + TWICE.filter((twice) => twice < line).length;

describe('results of an exam', () => {
  let theatre: Theatre;
  beforeAll(async () => {
    theatre = await openTheatre();
  }, 200_000);
  afterAll(() => theatre.close());

  it('come from the file as an office sends it, to the last row put right, and to the right people', async () => {
    const { product } = theatre;
    const path = join(product.dataDir, 'demo', DIRTY_CSV);
    const bytes = readFileSync(path);
    const rows = iconv
      .decode(bytes, 'gbk')
      .split(/\r?\n/)
      .map((line) => line.split(','));
    const lineOf = (line: number): readonly string[] => rows[rowOf(line) - 1] ?? [];
    const sat = await product.rows<Sat>(
      `SELECT r.admission_no, o.name, p.subject, p.domain FROM exams e JOIN exam_registrations r ON r.exam_id = e.id
       JOIN officers o ON o.id = r.officer_id JOIN exam_registration_papers rp ON rp.registration_id = r.id
       JOIN exam_papers p ON p.id = rp.paper_id WHERE e.status = 'OPEN' ORDER BY r.admission_no, p.subject, p.domain`,
    );
    const truth = (line: number): Sat => {
      const found = sat[line];
      if (!found) throw new Error(`the exam has no line ${line}`);
      return found;
    };
    /** Whoever put the number of this line wrong wrote it rightly in the line of another paper. */
    const idOf = (line: number): string => {
      const other = sat.findIndex((one, at) => at !== line && one.admission_no === truth(line).admission_no);
      const text = lineOf(other)[ID] ?? '';
      if (!/^\d{17}[\dXx]$/.test(text)) throw new Error(`line ${other} has no sound number either`);
      return text.toUpperCase();
    };

    const officer = await theatre.as('exam-officer');
    const { page } = officer;
    await officer.picture('exam-officer');
    await page.getByRole('link', { name: '导入中心' }).click();
    await page.locator('.import-kind', { hasText: '考试成绩' }).getByRole('link', { name: '开始导入' }).click();
    await choose(page, '哪场考试', '第二次');
    await page.locator('input[type="file"]').setInputFiles(path);
    await page.getByText('识别为 考试成绩').waitFor();
    await officer.expectAccessible();
    await page.getByRole('button', { name: '上传并检查' }).click();
    await page.waitForURL(/\/imports\/[0-9a-f-]{36}$/);
    const wizard = new Wizard(page);
    await wizard.checked();

    // How it was read, and which column fills what.
    await page.locator('.import-steps').getByText('认表头').click();
    await page.locator('.import-layout-form').getByText('GB18030').waitFor();
    // The titles above the header are shown, and told from data.
    await page.locator('.import-row-ignored').nth(1).waitFor();
    await officer.expectWellLaidOut('header of the file');
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByText('不导入的列：是否合格').waitFor();
    const subject = page.getByRole('row', { name: /科目\(公共\/专业\)/ });
    await subject.getByText('别名').waitFor();
    await officer.expectWellLaidOut('columns of the file');
    await officer.expectAccessible();
    // The names of the units in the file say nothing that the register doesn't know better.
    const units = page.getByRole('row', { name: /^[A-Z] 单位/ }).locator('.ant-select');
    await units.hover();
    await units.locator('.ant-select-clear').click();
    await page.getByText('不导入的列：单位、是否合格').waitFor();
    await page.getByRole('button', { name: '按此对应并检查' }).click();
    await wizard.checked();

    // By cause.
    const causes = page.getByRole('navigation', { name: '按原因' });
    await causes.getByRole('button', { name: '身份证号存成了数字 ×2' }).click();
    await wizard.gone(rowOf(9));
    await wizard.row(rowOf(6)).waitFor();
    expect(await wizard.rows().count()).toBe(2);
    await officer.picture('import-check');
    await officer.expectWellLaidOut('rows with errors');
    await officer.expectAccessible();
    await wizard.tile('有错').click();
    await wizard.row(rowOf(9)).waitFor();

    // The same wrong word, once for all rows that have it.
    await page.getByRole('button', { name: '批量修正' }).click();
    await wizard.value('科目「体能测试」').locator('.ant-select').click();
    await takeOption(page, '专业法律知识');
    await wizard.mend('科目「体能测试」', '对应为');
    // The list is still open: mending one word is seldom all.
    await wizard.value('成绩「合格」').getByRole('textbox').fill('60');
    await wizard.mend('成绩「合格」', '改成');

    // Numbers that Excel ate, and one that was mistyped: by click, from the register.
    for (const line of [6, 7, 9, 11, 20]) await wizard.repair(rowOf(line));

    // In the grid.
    const names = await domainNames(theatre);
    await wizard.fix(rowOf(13), '身份证号', idOf(13));
    await wizard.fix(rowOf(15), '身份证号', idOf(15));
    await wizard.fix(rowOf(17), '姓名', truth(17).name);
    await wizard.fix(rowOf(26), '成绩', '85.2');
    await wizard.fix(rowOf(28), '成绩', '100');
    await wizard.fix(rowOf(30), '成绩', '66');
    await wizard.fix(rowOf(32), '缺考标记', '');
    await wizard.fix(rowOf(41), '专业领域', names.get(truth(41).domain) ?? '');
    await wizard.fix(rowOf(43), '姓名', truth(43).name);
    await wizard.fix(rowOf(45), '身份证号', idOf(45));
    await wizard.fix(rowOf(49), '成绩', '缺考');
    await wizard.choose(rowOf(39), '科目', '公共法律知识');

    // Two rows each say something about the same paper: one of them is left out, then the other one holds.
    for (const line of TWICE) await wizard.leaveOut(rowOf(line) + 1, rowOf(line));

    expect(await wizard.count('有错')).toBe(0);
    await page.getByRole('button', { name: '去确认导入' }).click();
    await page.getByLabel('有错就全部不导入').check();
    await officer.expectWellLaidOut('before the commit');
    await officer.expectAccessible();
    await page.getByRole('button', { name: `确认导入 (${sat.length} 行)` }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(`请输入 ${sat.length} 以确认`).fill(String(sat.length));
    await dialog.getByRole('button', { name: `确认导入 (${sat.length} 行)` }).click();

    await page.getByText('导入完成').waitFor();
    await page.getByText(`新增 ${sat.length} 行，更新 0 行`).waitFor();
    await page.getByRole('tab', { name: '回执' }).click();
    await page.getByText(createHash('sha256').update(bytes).digest('hex')).waitFor();
    const account = new RegExp(`= 接受 ${sat.length} \\+ 拒绝 0 \\+ 忽略 \\d+ \\+ 重复 0 \\+ 未检查 0$`);
    await page.getByRole('tabpanel', { name: '回执' }).getByText(account).waitFor();
    await officer.picture('import-receipt');
    await officer.inspect(new URL(page.url()).pathname);
    await officer.leave();

    // What stands in the exam room now, against the file and what was put right in it.
    const typed = new Map([
      [25, '60'],
      [26, '85.2'],
      [28, '100'],
      [30, '66'],
      [49, '缺考'],
    ]);
    const recorded = await product.rows<Recorded>(
      `SELECT r.admission_no, o.name, p.subject, p.domain, x.outcome, x.score FROM exams e
       JOIN exam_registrations r ON r.exam_id = e.id JOIN officers o ON o.id = r.officer_id
       JOIN exam_results x ON x.registration_id = r.id JOIN exam_papers p ON p.id = x.paper_id
       WHERE e.status = 'OPEN' ORDER BY r.admission_no, p.subject, p.domain`,
    );
    expect(recorded.map(({ outcome, score, ...of }) => ({ ...of, says: wordOf(outcome, score) }))).toEqual(
      sat.map((of, line) => ({ ...of, says: meant(typed.get(line) ?? lineOf(line)[SCORE] ?? '') })),
    );
    expect(lineOf(17)[NAME]).not.toBe(truth(17).name);
  }, 180_000);
});

const wordOf = (outcome: string, score: string | null): string =>
  outcome === 'SCORED' ? String(Number(score)) : outcome;

/** What a cell of the file means: 「85分」, full-width digits, absent, void. */
function meant(text: string): string {
  const plain = text.normalize('NFKC').replace('分', '');
  if (plain === '违纪') return 'VOID';
  return plain === '缺考' || plain === '' ? 'ABSENT' : String(Number(plain));
}

async function domainNames({ product }: Theatre): Promise<ReadonlyMap<string, string>> {
  const [found] = await product.rows<{ value_json: string }>(
    `SELECT value_json FROM settings WHERE setting_key = 'dict.domains' AND superseded_at IS NULL ORDER BY effective_from DESC LIMIT 1`,
  );
  const list = JSON.parse(found?.value_json ?? '[]') as { code: string; nameZh: string }[];
  return new Map(list.map(({ code, nameZh }) => [code, nameZh]));
}

/** The fourth screen of the import, as a hand uses it. */
class Wizard {
  constructor(private readonly page: Page) {}

  /** Every row was looked at by the server. */
  async checked(): Promise<void> {
    await this.page.locator('.page-header .status', { hasText: '待确认' }).waitFor();
    await this.tile('有错').waitFor();
  }

  /** Mends a word everywhere; the server looks at everything again, and the page shows what it found without that word. */
  async mend(word: string, button: string): Promise<void> {
    await this.value(word).getByRole('button', { name: button }).click();
    // An answer that was asked for before the change says 待确认 as well: only the word that is gone tells them apart.
    await this.value(word).waitFor({ state: 'detached' });
    await this.checked();
  }

  tile(name: string): Locator {
    return this.page.locator('.import-tiles').getByRole('button', { name });
  }

  async count(name: string): Promise<number> {
    return Number((await this.tile(name).locator('strong').innerText()).replaceAll(',', ''));
  }

  rows(): Locator {
    return this.page.locator('.import-grid tbody tr[data-row-key]');
  }

  row(number: number): Locator {
    return this.page.locator(`.import-grid tbody tr[data-row-key="${number}"]`);
  }

  value(name: string): Locator {
    return this.page.locator('.import-values li', { hasText: name });
  }

  /** Types into a cell of a row with an error; the row has none afterwards and leaves the list. */
  async fix(number: number, heading: string, text: string): Promise<void> {
    await this.cell(number, heading).click();
    const input = this.page.getByRole('textbox', { name: `修改第 ${number} 行 ${heading}` });
    await input.fill(text);
    await input.press('Enter');
    await this.gone(number);
  }

  async choose(number: number, heading: string, option: string): Promise<void> {
    await this.cell(number, heading).click();
    await takeOption(this.page, option);
    await this.gone(number);
  }

  async repair(number: number): Promise<void> {
    const drawer = await this.inspect(number);
    await drawer.getByText('登记中只有一个人与这一行相符').waitFor();
    await drawer.getByRole('button', { name: '采用登记中的值' }).click();
    await this.gone(number);
    await drawer.waitFor({ state: 'hidden' });
  }

  async leaveOut(number: number, other: number): Promise<void> {
    const drawer = await this.inspect(number);
    await drawer.getByRole('button', { name: '不导入此行' }).click();
    await this.gone(number);
    await this.gone(other);
    await drawer.waitFor({ state: 'hidden' });
  }

  private async inspect(number: number): Promise<Locator> {
    await this.page.getByRole('button', { name: `详情 第 ${number} 行` }).click();
    const drawer = this.page.getByRole('dialog', { name: `第 ${number} 行` });
    await drawer.waitFor();
    return drawer;
  }

  private cell(number: number, heading: string): Locator {
    return this.row(number).getByRole('button', { name: `修改第 ${number} 行 ${heading}` });
  }

  async gone(number: number): Promise<void> {
    await this.row(number).waitFor({ state: 'detached' });
  }
}
