import { DeleteOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, App, Button, DatePicker, Flex, Form, Input, InputNumber, Radio, Table } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState, type ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { api, body, ifMatch, type View } from '../../shared/api/client';
import { useCommand } from '../../shared/api/command';
import { useMay } from '../../shared/api/session';
import { ConfirmDanger } from '../../shared/components/confirm-danger';
import { DateText } from '../../shared/components/date-text';
import { PageHeader } from '../../shared/components/page-header';
import { PageSkeleton } from '../../shared/components/page-skeleton';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { Status } from '../../shared/components/status';
import { usePhone } from '../../shared/hooks/use-phone';
import { useTexts } from '../../shared/i18n/dictionary';
import { useLanguage } from '../../shared/i18n/language';
import { addDays, today } from '../../shared/lib/dates';
import { texts } from './texts';

type Year = View<'CalendarYearView'>;
type Day = View<'CalendarDayDto'>;
interface Row extends Day {
  readonly basis?: string;
  readonly recordedAt?: string;
}

const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay();
const isWeekend = (day: string): boolean => [0, 6].includes(weekdayOf(day));

/** The holidays and make-up days of a year, by which every deadline in working days is counted. */
export function Component(): ReactNode {
  const t = useTexts(texts);
  const language = useLanguage();
  const [params, setParams] = useSearchParams();
  const given = Number(params.get('year'));
  const year = Number.isInteger(given) && given >= 2000 && given <= 2100 ? given : Number(today().slice(0, 4));
  const found = useQuery({
    queryKey: ['calendar', year],
    queryFn: () => body(api.GET('/api/v1/calendar/{year}', { params: { path: { year: String(year) } } })),
  });
  return (
    <>
      <PageHeader
        status={
          found.data && (
            <Status kind={found.data.announced ? 'ok' : 'soon'}>
              {found.data.announced ? t.announced : t.unannounced}
            </Status>
          )
        }
        extra={
          <label>
            {t.year}{' '}
            <InputNumber
              value={year}
              min={2000}
              max={2100}
              precision={0}
              onChange={(value) => setParams(value === null ? {} : { year: String(value) }, { replace: true })}
            />
          </label>
        }
      >
        {t.lead}
      </PageHeader>
      <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
      {found.isPending && <PageSkeleton />}
      {found.data && (
        <Flex vertical gap="middle">
          {found.data.warning !== null && <Alert type="warning" showIcon title={found.data.warning[language]} />}
          <Days key={year} of={found.data} />
        </Flex>
      )}
    </>
  );
}

/** The days as they stand and, for who may, as they are to be. */
function Days({ of }: { of: Year }): ReactNode {
  const t = useTexts(texts);
  const mayWrite = useMay('setting.write');
  const [changed, setChanged] = useState<ReadonlyMap<string, Day>>(new Map());
  const [removed, setRemoved] = useState<ReadonlySet<string>>(new Set());
  const [saving, setSaving] = useState(false);
  const rows: readonly Row[] = [
    ...of.days.filter(({ day }) => !changed.has(day) && !removed.has(day)),
    ...changed.values(),
  ].toSorted((a, b) => a.day.localeCompare(b.day));
  const changes = changed.size + removed.size;
  const weekday = (day: string): string => t.weekdays[`d${weekdayOf(day)}` as keyof typeof t.weekdays];
  const add = (days: readonly Day[]): void => {
    setChanged(new Map([...changed, ...days.map((day) => [day.day, day] as const)]));
    setRemoved(new Set([...removed].filter((day) => !days.some((each) => each.day === day))));
  };
  const discard = (): void => {
    setChanged(new Map());
    setRemoved(new Set());
  };
  const remove = (day: string): void => {
    setChanged(new Map([...changed].filter(([key]) => key !== day)));
    if (of.days.some((each) => each.day === day)) setRemoved(new Set([...removed, day]));
  };
  return (
    <>
      {mayWrite && <Add year={of.year} onAdd={add} />}
      {changes > 0 && (
        <Alert
          type="info"
          showIcon
          title={t.unsaved(changes)}
          action={
            <Flex gap="small" wrap>
              <Button onClick={discard}>{t.discard}</Button>
              <Button type="primary" onClick={() => setSaving(true)}>
                {t.save}
              </Button>
            </Flex>
          }
        />
      )}
      {/* Scrolls by keyboard too. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="scrolls-aside" role="region" aria-label={t.kind} tabIndex={0}>
        <Table<Row>
          size="small"
          rowKey="day"
          pagination={false}
          dataSource={[...rows]}
          locale={{ emptyText: t.none }}
          columns={[
            { title: t.day, dataIndex: 'day' },
            { title: t.weekday, render: (_, { day }) => weekday(day) },
            {
              title: t.kind,
              render: (_, { isWorkday }) => (
                <Status kind={isWorkday ? 'pending' : 'ok'}>{isWorkday ? t.makeUp : t.holiday}</Status>
              ),
            },
            { title: t.name, dataIndex: 'name' },
            { title: t.basis, render: (_, { basis }) => basis ?? <span className="hint">{t.pending}</span> },
            { title: t.recorded, render: (_, { recordedAt }) => <DateText value={recordedAt} /> },
            ...(mayWrite
              ? [
                  {
                    title: '',
                    render: (_: unknown, { day }: Row) => (
                      <Button
                        type="text"
                        danger
                        icon={<DeleteOutlined />}
                        aria-label={t.remove(day)}
                        onClick={() => remove(day)}
                      />
                    ),
                  },
                ]
              : []),
          ]}
        />
      </div>
      {saving && (
        <Save
          of={of}
          days={rows.map(({ day, isWorkday, name }) => ({ day, isWorkday, name }))}
          added={changed.size}
          removed={removed.size}
          onSaved={discard}
          onClose={() => setSaving(false)}
        />
      )}
    </>
  );
}

interface Span {
  readonly isWorkday: boolean;
  readonly range: readonly [Dayjs, Dayjs];
  readonly name: string;
}

/** A run of days; those that count like that by their weekday already are skipped. */
function Add({ year, onAdd }: { year: number; onAdd: (days: readonly Day[]) => void }): ReactNode {
  const t = useTexts(texts);
  const { message } = App.useApp();
  const phone = usePhone();
  const [form] = Form.useForm<Span>();
  const required = [{ required: true, message: t.required }];
  const add = ({ isWorkday, range: [from, to], name }: Span): void => {
    const days: Day[] = [];
    const last = to.format('YYYY-MM-DD');
    for (let day = from.format('YYYY-MM-DD'); day <= last; day = addDays(day, 1))
      if (isWeekend(day) === isWorkday) days.push({ day, isWorkday, name: name.trim() });
    if (days.length === 0) void message.info(t.nothingToAdd);
    else {
      onAdd(days);
      form.resetFields();
    }
  };
  return (
    <section className="panel">
      <h2 className="section-title">{t.add}</h2>
      <Form<Span>
        form={form}
        layout={phone ? 'vertical' : 'inline'}
        initialValues={{ isWorkday: false }}
        onFinish={add}
      >
        <Form.Item name="isWorkday" label={t.kind}>
          <Radio.Group
            options={[
              { value: false, label: t.holiday },
              { value: true, label: t.makeUp },
            ]}
          />
        </Form.Item>
        <Form.Item name="range" label={t.range} rules={required}>
          <DatePicker.RangePicker
            minDate={dayjs(`${year}-01-01`)}
            maxDate={dayjs(`${year}-12-31`)}
            defaultPickerValue={[dayjs(`${year}-01-01`), dayjs(`${year}-02-01`)]}
          />
        </Form.Item>
        <Form.Item name="name" label={t.name} rules={[{ required: true, whitespace: true, message: t.required }]}>
          <Input maxLength={60} />
        </Form.Item>
        <Button htmlType="submit">{t.add}</Button>
      </Form>
      <p className="hint">{t.addHint}</p>
    </section>
  );
}

function Save({
  of,
  days,
  added,
  removed,
  onSaved,
  onClose,
}: {
  of: Year;
  days: readonly Day[];
  added: number;
  removed: number;
  onSaved: () => void;
  onClose: () => void;
}): ReactNode {
  const t = useTexts(texts);
  const { message } = App.useApp();
  const [reason, setReason] = useState('');
  const save = useCommand({
    run: (why: string) =>
      body(
        api.PUT('/api/v1/calendar/{year}', {
          params: { path: { year: String(of.year) }, header: ifMatch(of.version) },
          body: { days: [...days], reason: why },
        }),
      ),
    refresh: [['calendar']],
    done: () => {
      void message.success(t.saved);
      onSaved();
      onClose();
    },
  });
  return (
    <ConfirmDanger
      open
      title={t.saveTitle}
      confirm={t.save}
      consequence={t.saveFollows}
      answers={[
        { label: t.year, value: of.year },
        { label: t.added, value: t.days(added) },
        { label: t.removed, value: t.days(removed) },
      ]}
      filled={reason.trim() !== ''}
      busy={save.busy}
      error={save.problem}
      onConfirm={() => save.run(reason.trim())}
      onCancel={onClose}
    >
      <label className="typed">
        <span>{t.reason}</span>
        <Input value={reason} maxLength={200} onChange={(event) => setReason(event.target.value)} />
      </label>
    </ConfirmDanger>
  );
}
