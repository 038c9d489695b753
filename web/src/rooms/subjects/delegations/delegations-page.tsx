import { useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { Link } from 'react-router';
import { api, body, type View } from '../../../shared/api/client';
import { Chart } from '../../../shared/components/chart';
import { PageHeader } from '../../../shared/components/page-header';
import { useTexts } from '../../../shared/i18n/dictionary';
import { useLanguage } from '../../../shared/i18n/language';
import { daysUntil } from '../../../shared/lib/dates';
import { DELEGATION_STATE_WORDS } from '../../../shared/words/bodies';
import { everyPage } from '../every-page';
import '../subjects.css';
import { texts } from '../texts';
import { DelegationTable } from './delegation-table';

const COLOURS: Readonly<Record<string, string>> = {
  DRAFT: '#aab4c0',
  SIGNED: '#5b93d6',
  PUBLISHED: '#1d5fae',
  EFFECTIVE: '#2f7d12',
  SUSPENDED: '#d07a1f',
  EXPIRED: '#8894a3',
  REVOKED: '#b3261e',
};
const RUNNING = ['SIGNED', 'PUBLISHED', 'EFFECTIVE', 'SUSPENDED'];
const SOON = 90;

/** All delegations: what wants attention as numbers, how they stand as a chart, then the list. Every figure opens its list. */
export function Component(): ReactNode {
  const t = useTexts(texts);
  const d = t.delegation;
  const found = useQuery({
    queryKey: ['delegations', 'all'],
    queryFn: ({ signal }) =>
      everyPage((cursor) =>
        body(
          api.GET('/api/v1/delegations', {
            params: { query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } },
            signal,
          }),
        ),
      ),
  });
  const all = found.data;
  const count = (holds: (one: View<'DelegationView'>) => boolean): number | null => all?.filter(holds).length ?? null;
  const tiles: readonly (readonly [label: string, value: number | null, to: string])[] = [
    [d.summaryTiles.total, all?.length ?? null, '/delegations'],
    [d.summaryTiles.effective, count(({ state }) => state === 'EFFECTIVE'), '/delegations?state=EFFECTIVE'],
    [d.summaryTiles.unpublished, count(({ state }) => state === 'SIGNED'), '/delegations?state=SIGNED'],
    [
      d.summaryTiles.expiring,
      count(({ state, validTo }) => RUNNING.includes(state) && daysUntil(validTo) <= SOON),
      `/delegations?expiringWithinDays=${SOON}`,
    ],
    [d.summaryTiles.suspended, count(({ state }) => state === 'SUSPENDED'), '/delegations?state=SUSPENDED'],
  ];
  return (
    <>
      <PageHeader />
      <div className="charts">
        <div className="tiles">
          {tiles.map(([label, value, to]) => (
            <Link key={label} to={to} className="tile">
              <strong>{value ?? '–'}</strong>
              {label}
            </Link>
          ))}
        </div>
        <section className="panel">
          <StateChart delegations={all ?? []} />
        </section>
      </div>
      <DelegationTable />
    </>
  );
}

function StateChart({ delegations }: { delegations: readonly View<'DelegationView'>[] }): ReactNode {
  const t = useTexts(texts);
  const language = useLanguage();
  const key = JSON.stringify(delegations.map(({ state }) => state));
  const rows = useMemo(
    () =>
      Object.entries(DELEGATION_STATE_WORDS).map(([state, [, name]]) => ({
        state,
        label: name[language],
        values: [(JSON.parse(key) as string[]).filter((other) => other === state).length],
        to: `/delegations?state=${state}`,
      })),
    [key, language],
  );
  const option = useMemo(
    () => ({
      grid: { left: 8, right: 24, top: 8, bottom: 4, containLabel: true },
      xAxis: { type: 'value' as const, minInterval: 1 },
      yAxis: { type: 'category' as const, inverse: true, data: rows.map(({ label }) => label) },
      series: [
        {
          type: 'bar' as const,
          cursor: 'pointer',
          label: { show: true, position: 'right' as const },
          data: rows.map(({ state, values }) => ({
            value: values[0] ?? 0,
            itemStyle: { color: COLOURS[state] ?? '#8894a3' },
          })),
        },
      ],
    }),
    [rows],
  );
  return <Chart title={t.charts.delegations} series={[t.charts.count]} rows={rows} option={option} height={230} />;
}
