import { useMemo, type ReactNode } from 'react';
import type { View } from '../../shared/api/client';
import { Chart } from '../../shared/components/chart';
import type { ChartOption } from '../../shared/components/chart-canvas';
import { useTexts } from '../../shared/i18n/dictionary';
import { monthList } from './figure-links';
import { texts } from './texts';

const GRID = { left: 8, right: 16, top: 24, bottom: 8, containLabel: true };

/** How many certificates end in each month to come. */
export function ExpiryChart({ months }: { months: readonly View<'MonthView'>[] }): ReactNode {
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
          to: monthList(firstDay, lastDay),
        }))}
        option={option}
      />
    </section>
  );
}

/** How many officers of each body hold a certificate in force. */
export function CoverageChart({ bodies }: { bodies: readonly View<'CoverageView'>[] }): ReactNode {
  const t = useTexts(texts);
  const option = useMemo(
    (): ChartOption => ({
      grid: GRID,
      legend: { right: 0, top: 0, data: [t.certified, t.missing] },
      xAxis: { type: 'value', minInterval: 1, splitLine: { lineStyle: { color: '#e3e8ef' } } },
      yAxis: {
        type: 'category',
        inverse: true,
        data: bodies.map(({ name }) => name),
        axisTick: { show: false },
        axisLabel: { width: 128, overflow: 'truncate' },
      },
      series: [
        {
          type: 'bar',
          stack: 'all',
          name: t.certified,
          color: '#1d5fae',
          barMaxWidth: 18,
          data: bodies.map(({ certified }) => certified),
        },
        {
          type: 'bar',
          stack: 'all',
          name: t.missing,
          color: '#d9a441',
          barMaxWidth: 18,
          data: bodies.map(({ officers, certified }) => officers - certified),
        },
      ],
    }),
    [bodies, t],
  );
  return (
    <section className="panel">
      <Chart
        title={t.coverage}
        series={[t.certified, t.missing]}
        rows={bodies.map(({ subjectId, name, officers, certified }) => ({
          label: name,
          values: [certified, officers - certified],
          to: `/officers?subjectId=${subjectId}`,
        }))}
        option={option}
        height={Math.max(220, bodies.length * 30 + 50)}
      />
    </section>
  );
}
