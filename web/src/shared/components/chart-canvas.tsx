import {
  BarChart,
  LineChart,
  PieChart,
  type BarSeriesOption,
  type LineSeriesOption,
  type PieSeriesOption,
} from 'echarts/charts';
import {
  GridComponent,
  LegendComponent,
  TooltipComponent,
  type GridComponentOption,
  type LegendComponentOption,
  type TooltipComponentOption,
} from 'echarts/components';
import { init, use as register, type ComposeOption } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useEffectEvent, useRef, type ReactNode } from 'react';
import { usePreferences } from '../lib/preferences';

register([BarChart, LineChart, PieChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

export type ChartOption = ComposeOption<
  | BarSeriesOption
  | LineSeriesOption
  | PieSeriesOption
  | GridComponentOption
  | LegendComponentOption
  | TooltipComponentOption
>;

/** Draws; only loaded with the first chart. */
export default function ChartCanvas({
  label,
  option,
  height,
  onPick,
}: {
  label: string;
  option: ChartOption;
  height: number;
  /** A part was clicked: which row, and which of the series. */
  onPick: (at: number, series: number) => void;
}): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const { largeType } = usePreferences();
  const pick = useEffectEvent((at: number, series: number) => onPick(at, series));
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const chart = init(element, null, { renderer: 'svg' });
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    chart.setOption({
      animation: !still,
      textStyle: { fontFamily: getComputedStyle(element).fontFamily, fontSize: largeType ? 16 : 12 },
      ...option,
      // Drawn, not written as HTML: the page takes no style from strings.
      tooltip: { trigger: 'axis', renderMode: 'richText', ...(option.tooltip as object | undefined) },
    });
    chart.on('click', ({ dataIndex, seriesIndex }) => pick(dataIndex, seriesIndex ?? 0));
    const observer = new ResizeObserver(() => chart.resize());
    observer.observe(element);
    return () => {
      observer.disconnect();
      chart.dispose();
    };
  }, [option, largeType]);
  return <div ref={box} role="img" aria-label={label} className="chart-canvas" style={{ height }} />;
}
