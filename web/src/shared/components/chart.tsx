import { BarChartOutlined, TableOutlined } from '@ant-design/icons';
import { Button, Skeleton } from 'antd';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { Link } from 'react-router';
import { dictionary, useTexts } from '../i18n/dictionary';
import type { ChartOption } from './chart-canvas';

/** Without the file that draws (after an update, without a network) the figures are still there as a table. */
const Canvas = lazy(() => import('./chart-canvas').catch(() => ({ default: NoCanvas })));

function NoCanvas(): ReactNode {
  const t = useTexts(texts);
  return <p className="hint">{t.notLoaded}</p>;
}

const texts = dictionary(
  { asTable: '看数据表', asChart: '看图', open: '打开名单', notLoaded: '图没有载入，请看数据表，或重新载入页面。' },
  {
    asTable: 'As a table',
    asChart: 'As a chart',
    open: 'Open the list',
    notLoaded: 'The chart was not loaded: see the table, or reload the page.',
  },
);

export interface ChartRow {
  readonly label: string;
  /** One value for each series. */
  readonly values: readonly number[];
  /** The list behind this figure; where there are several values, one list for each. */
  readonly to?: string | readonly string[];
}

const listBehind = ({ to }: ChartRow, series: number): string | undefined =>
  typeof to === 'string' ? to : to?.[series];

/**
 * A chart, loaded only where it is shown, and the same figures as a table for whoever cannot see it. A click on a figure opens
 * its list.
 *
 * @param option ECharts' description, made of the same rows
 */
export function Chart({
  title,
  series,
  rows,
  option,
  height = 260,
  extra,
}: {
  title: string;
  series: readonly string[];
  rows: readonly ChartRow[];
  option: ChartOption;
  height?: number;
  extra?: ReactNode;
}): ReactNode {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const [table, setTable] = useState(false);
  return (
    <figure className="chart">
      <figcaption>
        <span>{title}</span>
        <span className="grow" />
        {extra}
        <Button
          type="text"
          size="small"
          icon={table ? <BarChartOutlined /> : <TableOutlined />}
          onClick={() => setTable(!table)}
        >
          {table ? t.asChart : t.asTable}
        </Button>
      </figcaption>
      {table ? (
        // Scrolls by keyboard too.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div className="chart-table" style={{ maxHeight: height }} tabIndex={0} role="region" aria-label={title}>
          <table>
            <thead>
              <tr>
                <th scope="col">{title}</th>
                {series.map((name) => (
                  <th scope="col" key={name}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ label, values, to }) => (
                <tr key={label}>
                  <th scope="row">{typeof to === 'string' ? <Link to={to}>{label}</Link> : label}</th>
                  {values.map((value, at) => (
                    <td key={series[at]}>
                      {typeof to === 'object' ? (
                        <Link to={to[at] ?? ''} aria-label={`${label} ${series[at] ?? ''} ${value}`}>
                          {value}
                        </Link>
                      ) : (
                        value
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <Suspense fallback={<Skeleton.Node active style={{ width: '100%', height }} />}>
          <Canvas
            label={`${title}：${rows.map(({ label, values }) => `${label} ${values.join(' / ')}`).join('，')}`}
            option={option}
            height={height}
            onPick={(at, nth) => {
              const row = rows[at];
              const to = row && listBehind(row, nth);
              if (to !== undefined) void navigate(to);
            }}
          />
        </Suspense>
      )}
    </figure>
  );
}
