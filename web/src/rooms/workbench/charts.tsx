import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useMemo, type ReactNode } from 'react';
import { api, body, type View } from '../../shared/api/client';
import { Chart } from '../../shared/components/chart';
import type { ChartOption } from '../../shared/components/chart-canvas';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { useTexts } from '../../shared/i18n/dictionary';
import { monthList } from './figure-links';
import { texts } from './texts';

const GRID = { left: 8, right: 16, top: 24, bottom: 8, containLabel: true };

/** How many certificates end in each month to come. */
export function ExpiryChart({ months, today }: { months: readonly View<'MonthView'>[]; today: string }): ReactNode {
  const t = useTexts(texts);
  const option = useMemo(
    (): ChartOption => ({
      grid: GRID,
      xAxis: { type: 'category', data: months.map(({ month }) => month.slice(2)), axisTick: { show: false } },
      yAxis: { type: 'value', minInterval: 1, splitLine: { lineStyle: { color: '#e3e8ef' } } },
      series: [
        {
          type: 'bar',
          name: t.certificates,
          data: months.map(({ count }, at) => ({
            value: count,
            itemStyle: { color: at < 3 ? '#c98a1b' : '#1d5fae', borderRadius: [3, 3, 0, 0] },
          })),
          barMaxWidth: 32,
          label: { show: true, position: 'top', color: '#4a5564' },
        },
      ],
    }),
    [months, t],
  );
  return (
    <section className="panel">
      <Chart
        title={t.expiry}
        series={[t.certificates]}
        rows={months.map(({ month, count, firstDay, lastDay }) => ({
          label: month,
          values: [count],
          to: monthList(firstDay, lastDay, today),
        }))}
        option={option}
      />
    </section>
  );
}

/** How many officers of each body hold a certificate in force. */
export function CoverageChart({ bodies }: { bodies: readonly View<'CoverageView'>[] }): ReactNode {
  const t = useTexts(texts);
  const rows = useMemo(
    () =>
      bodies.map(({ subjectId, name, officers, certified }) => ({
        label: name,
        values: [certified, officers - certified],
        to: ['HELD', 'MISSING'].map(
          (certificate) => `/officers?subjectId=${subjectId}&state=IN_SERVICE&certificate=${certificate}`,
        ),
      })),
    [bodies],
  );
  return <BodiesChart title={t.coverage} series={[t.certified, t.missing]} rows={rows} />;
}

const HOURS_FRESH_MS = 300_000;

/** How many officers of each body have the hours of this year together. */
export function HoursChart(): ReactNode {
  const t = useTexts(texts);
  const { data, error, refetch } = useQuery({
    queryKey: ['training', 'hours', 'units'],
    queryFn: () => body(api.GET('/api/v1/training-hours/units')),
    staleTime: HOURS_FRESH_MS,
  });
  const rows = useMemo(
    () =>
      (data?.items ?? []).map(({ subjectId, name, officers, reached }) => ({
        label: name,
        values: [reached, officers - reached],
        to: ['true', 'false'].map((is) => `/training?tab=hours&subjectId=${subjectId}&reached=${is}`),
      })),
    [data],
  );
  if (!data) {
    return (
      <section className="panel">
        <h2 className="section-title">{t.hoursReached}</h2>
        <ProblemAlert error={error} onRetry={() => void refetch()} />
        {!error && <Skeleton active title={false} paragraph={{ rows: 5 }} />}
      </section>
    );
  }
  if (rows.length === 0) return null;
  return <BodiesChart title={t.hours(data.year, data.target)} series={[t.reached, t.notReached]} rows={rows} />;
}

/** Two parts of the people of each body, side by side; each opens its list. */
function BodiesChart({
  title,
  series,
  rows,
}: {
  title: string;
  series: readonly [string, string];
  rows: readonly { readonly label: string; readonly values: readonly number[]; readonly to: readonly string[] }[];
}): ReactNode {
  const [first, second] = series;
  const option = useMemo(
    (): ChartOption => ({
      grid: GRID,
      legend: { right: 0, top: 0, data: [first, second] },
      xAxis: { type: 'value', minInterval: 1, splitLine: { lineStyle: { color: '#e3e8ef' } } },
      yAxis: {
        type: 'category',
        inverse: true,
        data: rows.map(({ label }) => label),
        axisTick: { show: false },
        axisLabel: { width: 128, overflow: 'truncate' },
      },
      series: [
        { name: first, color: '#1d5fae' },
        { name: second, color: '#d9a441' },
      ].map(({ name, color }, at) => ({
        type: 'bar' as const,
        stack: 'all',
        name,
        color,
        barMaxWidth: 18,
        data: rows.map(({ values }) => values[at] ?? 0),
      })),
    }),
    [rows, first, second],
  );
  return (
    <section className="panel">
      <Chart title={title} series={series} rows={rows} option={option} height={Math.max(220, rows.length * 30 + 50)} />
    </section>
  );
}
