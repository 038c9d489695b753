import type { QueryRunner } from 'typeorm';
import { drop, SqlMigration } from './sql-migration.js';

/**
 * Days on which the State Council's notices depart from Monday to Friday: [year, name, working day, days as MM-DD]. They are the
 * official calendar as the package chinese-days 1.5.7 carries it; 2027 and later are not announced yet.
 */
export const ANNOUNCED_DAYS: readonly (readonly [year: string, name: string, isWorkday: boolean, days: string])[] = [
  ['2018', '元旦', false, '01-01 12-31'],
  ['2018', '春节', true, '02-11 02-24'],
  ['2018', '春节', false, '02-15 02-16 02-19 02-20 02-21'],
  ['2018', '清明', false, '04-05 04-06'],
  ['2018', '清明', true, '04-08'],
  ['2018', '劳动节', true, '04-28'],
  ['2018', '劳动节', false, '04-30 05-01'],
  ['2018', '端午', false, '06-18'],
  ['2018', '中秋', false, '09-24'],
  ['2018', '国庆节', true, '09-29 09-30'],
  ['2018', '国庆节', false, '10-01 10-02 10-03 10-04 10-05'],
  ['2018', '元旦', true, '12-29'],
  ['2019', '元旦', false, '01-01'],
  ['2019', '春节', true, '02-02 02-03'],
  ['2019', '春节', false, '02-04 02-05 02-06 02-07 02-08'],
  ['2019', '清明', false, '04-05'],
  ['2019', '劳动节', true, '04-28 05-05'],
  ['2019', '劳动节', false, '05-01 05-02 05-03'],
  ['2019', '端午', false, '06-07'],
  ['2019', '中秋', false, '09-13'],
  ['2019', '国庆节', true, '09-29 10-12'],
  ['2019', '国庆节', false, '10-01 10-02 10-03 10-04 10-07'],
  ['2020', '元旦', false, '01-01'],
  ['2020', '春节', true, '01-19'],
  ['2020', '春节', false, '01-24 01-27 01-28 01-29 01-30 01-31'],
  ['2020', '清明', false, '04-06'],
  ['2020', '劳动节', true, '04-26 05-09'],
  ['2020', '劳动节', false, '05-01 05-04 05-05'],
  ['2020', '端午', false, '06-25 06-26'],
  ['2020', '端午', true, '06-28'],
  ['2020', '国庆节', true, '09-27 10-10'],
  ['2020', '国庆节', false, '10-01 10-02 10-05 10-06 10-07 10-08'],
  ['2021', '元旦', false, '01-01'],
  ['2021', '春节', true, '02-07 02-20'],
  ['2021', '春节', false, '02-11 02-12 02-15 02-16 02-17'],
  ['2021', '清明', false, '04-05'],
  ['2021', '劳动节', true, '04-25 05-08'],
  ['2021', '劳动节', false, '05-03 05-04 05-05'],
  ['2021', '端午', false, '06-14'],
  ['2021', '中秋', true, '09-18'],
  ['2021', '中秋', false, '09-20 09-21'],
  ['2021', '国庆节', true, '09-26 10-09'],
  ['2021', '国庆节', false, '10-01 10-04 10-05 10-06 10-07'],
  ['2022', '元旦', false, '01-03'],
  ['2022', '春节', true, '01-29 01-30'],
  ['2022', '春节', false, '01-31 02-01 02-02 02-03 02-04'],
  ['2022', '清明', true, '04-02'],
  ['2022', '清明', false, '04-04 04-05'],
  ['2022', '劳动节', true, '04-24 05-07'],
  ['2022', '劳动节', false, '05-02 05-03 05-04'],
  ['2022', '端午', false, '06-03'],
  ['2022', '中秋', false, '09-12'],
  ['2022', '国庆节', false, '10-03 10-04 10-05 10-06 10-07'],
  ['2022', '国庆节', true, '10-08 10-09'],
  ['2023', '元旦', false, '01-02'],
  ['2023', '春节', false, '01-23 01-24 01-25 01-26 01-27'],
  ['2023', '春节', true, '01-28 01-29'],
  ['2023', '清明', false, '04-05'],
  ['2023', '劳动节', true, '04-23 05-06'],
  ['2023', '劳动节', false, '05-01 05-02 05-03'],
  ['2023', '端午', false, '06-22 06-23'],
  ['2023', '端午', true, '06-25'],
  ['2023', '中秋', false, '09-29'],
  ['2023', '国庆节', false, '10-02 10-03 10-04 10-05 10-06'],
  ['2023', '国庆节', true, '10-07 10-08'],
  ['2024', '元旦', false, '01-01'],
  ['2024', '春节', true, '02-04 02-18'],
  ['2024', '春节', false, '02-12 02-13 02-14 02-15 02-16'],
  ['2024', '清明', false, '04-04 04-05'],
  ['2024', '清明', true, '04-07'],
  ['2024', '劳动节', true, '04-28 05-11'],
  ['2024', '劳动节', false, '05-01 05-02 05-03'],
  ['2024', '端午', false, '06-10'],
  ['2024', '中秋', true, '09-14'],
  ['2024', '中秋', false, '09-16 09-17'],
  ['2024', '国庆节', true, '09-29 10-12'],
  ['2024', '国庆节', false, '10-01 10-02 10-03 10-04 10-07'],
  ['2025', '元旦', false, '01-01'],
  ['2025', '春节', true, '01-26 02-08'],
  ['2025', '春节', false, '01-28 01-29 01-30 01-31 02-03 02-04'],
  ['2025', '清明', false, '04-04'],
  ['2025', '劳动节', true, '04-27'],
  ['2025', '劳动节', false, '05-01 05-02 05-05'],
  ['2025', '端午', false, '06-02'],
  ['2025', '国庆节', true, '09-28 10-11'],
  ['2025', '国庆节', false, '10-01 10-02 10-03 10-07 10-08'],
  ['2025', '中秋', false, '10-06'],
  ['2026', '元旦', false, '01-01 01-02'],
  ['2026', '元旦', true, '01-04'],
  ['2026', '春节', true, '02-14 02-28'],
  ['2026', '春节', false, '02-16 02-17 02-18 02-19 02-20 02-23'],
  ['2026', '清明', false, '04-06'],
  ['2026', '劳动节', false, '05-01 05-04 05-05'],
  ['2026', '劳动节', true, '05-09'],
  ['2026', '端午', false, '06-19'],
  ['2026', '国庆节', true, '09-20 10-10'],
  ['2026', '中秋', false, '09-25'],
  ['2026', '国庆节', false, '10-01 10-02 10-05 10-06 10-07'],
];

const BASIS = '国务院办公厅节假日安排通知';

/** domain.md 8.4: the holiday table, editable; each row a fact with its reason. */
export class CreateCalendar1763856000014 extends SqlMigration {
  readonly name = 'CreateCalendar1763856000014';
  protected readonly ups = [
    `CREATE TABLE IF NOT EXISTS calendar_days (
      id CHAR(36) NOT NULL,
      day DATE NOT NULL,
      is_workday TINYINT(1) NOT NULL,
      name VARCHAR(60) NOT NULL,
      basis VARCHAR(200) NOT NULL,
      current_day DATE NULL,
      recorded_at DATETIME(3) NOT NULL,
      superseded_at DATETIME(3) NULL,
      recorded_by CHAR(36) NULL,
      CONSTRAINT pk_calendar_days PRIMARY KEY (id),
      CONSTRAINT uq_calendar_days_current UNIQUE (current_day),
      CONSTRAINT ck_calendar_days_current CHECK ((superseded_at IS NULL) = (current_day IS NOT NULL)),
      KEY ix_calendar_days_day (day)
    )`,
  ];
  protected readonly downs = drop('calendar_days');

  override async up(runner: QueryRunner): Promise<void> {
    await super.up(runner);
    const rows = (await runner.query('SELECT id FROM calendar_days LIMIT 1')) as object[];
    if (rows.length > 0) return;
    const days = ANNOUNCED_DAYS.flatMap(([year, name, isWorkday, list]) =>
      list.split(' ').map((day) => [`${year}-${day}`, isWorkday ? 1 : 0, name, BASIS, `${year}-${day}`]),
    );
    await runner.query(
      `INSERT INTO calendar_days (id, day, is_workday, name, basis, current_day, recorded_at)
       VALUES ${days.map(() => '(UUID(), ?, ?, ?, ?, ?, UTC_TIMESTAMP(3))').join(', ')}`,
      days.flat(),
    );
  }
}
