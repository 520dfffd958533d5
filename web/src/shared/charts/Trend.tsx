import { useEffect, useRef } from 'react';
import type { EChartsType } from 'echarts/core';

interface TrendProps {
  /** What it shows, in words: the plot's finding. */
  readonly finding: string;
  readonly points: readonly { readonly label: string; readonly value: number | null }[];
  readonly target?: { readonly value: number; readonly label: string } | null;
  readonly unit: string;
  /** A share's axis is 0 to 100. */
  readonly share: boolean;
}

/** One figure over the periods: a line with its target. Missing periods are gaps, never zeros. */
export function Trend({ finding, points, target, unit, share }: TrendProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    let chart: EChartsType | undefined;
    let gone = false;
    const observer = new ResizeObserver(() => chart?.resize());
    void import('./echarts.ts').then(({ init }) => {
      if (gone) return;
      chart = init(element);
      observer.observe(element);
      chart.setOption({
        animation: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
        grid: { left: 8, right: target ? 90 : 20, top: 28, bottom: 4, containLabel: true },
        tooltip: { trigger: 'axis', renderMode: 'richText', valueFormatter: (value: unknown) => (typeof value === 'number' ? `${Number(value.toFixed(1))}${unit}` : '–') },
        xAxis: { type: 'category', data: points.map((point) => point.label), axisLabel: { color: '#586a6d', interval: 0, hideOverlap: true }, axisTick: { show: false } },
        yAxis: { type: 'value', min: 0, ...(share ? { max: 100 } : {}), axisLabel: { color: '#586a6d', formatter: `{value}${unit}` }, splitLine: { lineStyle: { color: '#e9eeee' } } },
        series: [
          {
            type: 'line',
            data: points.map((point) => point.value),
            connectNulls: false,
            clip: false,
            symbol: 'circle',
            symbolSize: 8,
            lineStyle: { color: '#0f6b63', width: 2 },
            itemStyle: { color: '#0f6b63' },
            label: { show: true, color: '#1d2a2c', formatter: ({ value }: { value: unknown }) => (typeof value === 'number' ? String(Number(value.toFixed(1))) : '') },
            ...(target
              ? { markLine: { silent: true, symbol: 'none', lineStyle: { color: '#8a6100', type: 'dashed' }, label: { formatter: target.label, color: '#624400' }, data: [{ yAxis: target.value }] } }
              : {}),
          },
        ],
      });
    });
    return () => {
      gone = true;
      observer.disconnect();
      chart?.dispose();
    };
  }, [points, share, target, unit]);
  return <div ref={place} className="trend-plot" role="img" aria-label={finding} style={{ height: 200 }} />;
}
