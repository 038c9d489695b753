import { useMemo, type ReactNode } from 'react';
import type { View } from '../../../shared/api/client';
import { Chart } from '../../../shared/components/chart';
import { useTexts } from '../../../shared/i18n/dictionary';
import { texts } from '../texts';

const SHOWN = 8;
const nameOf = (name: string): string => (name.length > 12 ? `${name.slice(0, 11)}…` : name);

/** How many people of each body could be sent today; a bar opens them. */
export function UsableChart({ strength }: { strength: readonly View<'StrengthView'>[] }): ReactNode {
  const t = useTexts(texts);
  const key = JSON.stringify(strength);
  const rows = useMemo(
    () =>
      (JSON.parse(key) as View<'StrengthView'>[])
        .filter(({ officers }) => officers > 0)
        .toSorted((a, b) => b.officers - a.officers)
        .slice(0, SHOWN)
        .map(({ subjectId, subjectName, officers, usable }) => ({
          label: subjectName,
          values: [usable, officers - usable],
          to: ['true', 'false'].map((able) => `/officers?subjectId=${subjectId}&state=IN_SERVICE&usable=${able}`),
        })),
    [key],
  );
  const option = useMemo(
    () => ({
      grid: { left: 8, right: 16, top: 32, bottom: 4, containLabel: true },
      legend: { top: 0, right: 0 },
      xAxis: { type: 'value' as const, minInterval: 1 },
      yAxis: { type: 'category' as const, inverse: true, data: rows.map(({ label }) => nameOf(label)) },
      series: [
        { name: t.charts.usableSeries, color: '#2f7d12' },
        { name: t.charts.otherSeries, color: '#c3ccd8' },
      ].map(({ name, color }, at) => ({
        name,
        type: 'bar' as const,
        stack: 'all',
        itemStyle: { color },
        cursor: 'pointer',
        data: rows.map(({ values }) => values[at] ?? 0),
      })),
    }),
    [rows, t],
  );
  if (rows.length === 0) return null;
  return (
    <section className="panel">
      <Chart
        title={t.charts.usable}
        series={[t.charts.usableSeries, t.charts.otherSeries]}
        rows={rows}
        option={option}
        height={Math.max(160, rows.length * 26 + 60)}
      />
    </section>
  );
}
