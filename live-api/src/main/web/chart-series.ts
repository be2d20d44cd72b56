import type { CustomSeriesOption, EChartsOption, SeriesOption } from "./vendor/echarts.js";
import { paneIndex, type Pane } from "./chart-option.js";
import { price } from "./format.js";
import type { Drawing, Point } from "./series.js";
import { faded } from "./theme.js";
import { REGIMES, REGIME_ORDER } from "./words.js";

type Colour = (name: string) => string;

/** Markers of these series can be clicked to open a minute. */
export const MARKS: readonly string[] = ["flagged-price", "flagged-score", "surprising-score"];

const on = (pane: Pane): { xAxisIndex: number; yAxisIndex: number } => ({ xAxisIndex: paneIndex(pane), yAxisIndex: paneIndex(pane) });

/** The series of a drawing; ids stay the same, so that only what differs is drawn anew. */
export function seriesOption(drawing: Drawing, colour: Colour): NonNullable<EChartsOption["series"]> {
  return [
    regimeBand(drawing, colour), candles(drawing, colour), volumes(drawing, colour), ...probabilities(drawing, colour),
    ...anomalies(drawing, colour), ...drawing.features.map((points, index) => line(`feature-${index}`, `feature-${index}` as Pane, points, colour("accent"))),
  ];
}

const HEIGHTS = [3, 6, 9];

/** The background of the prices: a tint for all of the height, and at its foot a strip that is higher the more stress. */
function regimeBand({ runs }: Drawing, colour: Colour): CustomSeriesOption {
  return {
    id: "regime-band", type: "custom", ...on("price"), silent: true, z: 0, clip: true, data: runs, dimensions: ["from", "to", "regime"], encode: { x: [0, 1], y: -1 },
    renderItem(params, api) {
      const index = Number(api.value(2));
      const words = REGIMES[REGIME_ORDER[index] ?? "STABLE_LIQUIDITY"];
      const grid = params.coordSys as unknown as { x: number; y: number; width: number; height: number };
      const begin = Math.max(grid.x, api.coord([api.value(0), 0])[0] ?? 0);
      const end = Math.min(grid.x + grid.width, api.coord([api.value(1), 0])[0] ?? 0);
      const width = end - begin, height = HEIGHTS[index] ?? 3, foot = grid.y + grid.height;
      if (width <= 0) return null;
      const rect = (y: number, high: number, fill: string) => ({ type: "rect" as const, shape: { x: begin, y, width, height: high }, style: { fill } });
      const letter = { type: "text" as const, silent: true, style: { text: words.letter, x: begin + 4, y: foot - height - 3, align: "left" as const, verticalAlign: "bottom" as const, fontSize: 11, fontWeight: 700 as const, fill: colour(`${words.key}-ink`) } };
      const base = [rect(grid.y, grid.height, faded(colour(words.key), 0.13 + 0.05 * index)), rect(foot - height, height, colour(words.key))];
      return { type: "group", children: width >= 16 ? [...base, letter] : base };
    },
  };
}

/** Hollow where the price rose, filled where it fell: colour is left to the regimes. */
function candles({ candles: data, running, lastPrice }: Drawing, colour: Colour): SeriesOption {
  const ink = colour("candle");
  return {
    id: "candles", type: "candlestick", ...on("price"), barMaxWidth: 14, barMinWidth: 1, large: false, z: 3,
    data: data.map((candle, index) => index === running ? { value: candle, itemStyle: { opacity: 0.55, borderType: "dashed" } } : candle),
    itemStyle: { color: colour("paper"), color0: ink, borderColor: ink, borderColor0: ink, borderWidth: 1 },
    markLine: {
      silent: true, symbol: "none", animation: false, lineStyle: { color: colour("accent"), type: "dotted", width: 1 },
      label: { position: "end", distance: 2, backgroundColor: colour("accent"), color: colour("paper"), padding: [2, 4], fontSize: 11, formatter: at => price(Number(at.value)), fontWeight: 600 },
      data: lastPrice === null ? [] : [{ yAxis: lastPrice }],
    },
  };
}

/** Bought by takers from the ground up, sold above it; grey where the side is not known. As wide as the bar's time allows. */
function volumes({ volumes: data, step }: Drawing, colour: Colour): CustomSeriesOption {
  return {
    id: "volumes", type: "custom", ...on("volume"), silent: true, clip: true, data, dimensions: ["at", "volume", "buys"], encode: { x: 0, y: 1 },
    renderItem(_params, api) {
      const at = Number(api.value(0)), volume = Number(api.value(1)), buys = Number(api.value(2));
      const span = (api.size?.([step, 0]) as number[] | undefined)?.[0] ?? 1;
      const width = Math.max(1, Math.min(14, span * 0.7));
      const y = (value: number): number => api.coord([at, value])[1] ?? 0;
      const left = (api.coord([at, 0])[0] ?? 0) - width / 2;
      const rect = (from: number, to: number, fill: string) => ({ type: "rect" as const, shape: { x: left, y: y(to), width, height: y(from) - y(to) }, style: { fill } });
      return { type: "group", children: Number.isFinite(buys) ? [rect(0, buys, colour("buy")), rect(buys, volume, colour("sell"))] : [rect(0, volume, colour("muted"))] };
    },
  };
}

const HATCH = [
  {},
  { decal: { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [1, 6], rotation: Math.PI / 4, color: "rgba(0,0,0,0.28)" } },
  { decal: { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 3], rotation: -Math.PI / 4, color: "rgba(0,0,0,0.34)" } },
];

/** One above the other they fill the panel; hatched, so that they can be told apart without colour. */
function probabilities({ probabilities: lines, confidence }: Drawing, colour: Colour): SeriesOption[] {
  const areas = lines.map((data, index): SeriesOption => {
    const fill = colour(REGIMES[REGIME_ORDER[index] ?? "STABLE_LIQUIDITY"].key);
    return { id: `probability-${index}`, type: "line", ...on("regimes"), stack: "probability", data, symbol: "none", lineStyle: { width: 0 }, itemStyle: { color: fill, ...HATCH[index] }, areaStyle: { color: fill, opacity: 0.75 } };
  });
  return [...areas, { ...line("confidence", "regimes", confidence, colour("ink")), lineStyle: { color: colour("ink"), width: 1.25 } }];
}

function anomalies(drawing: Drawing, colour: Colour): SeriesOption[] {
  const marks = (id: string, pane: Pane, data: [number, number, number][], shape: object): SeriesOption =>
    ({ id, type: "scatter", ...on(pane), data, z: 5, cursor: "pointer", symbolSize: (value: number[]) => Math.min(16, 9 + (value[2] ?? 0) / 4), ...shape });
  const flag = { symbol: "triangle", itemStyle: { color: colour("anomaly"), borderColor: colour("paper"), borderWidth: 1 } };
  return [
    { ...line("score", "anomaly", drawing.score, colour("anomaly")), areaStyle: { color: colour("anomaly"), opacity: 0.12, origin: "start" } },
    { ...line("threshold", "anomaly", drawing.threshold, colour("ink")), lineStyle: { color: colour("ink"), type: "dashed", width: 1 } },
    marks("surprising-score", "anomaly", drawing.surprisingScore, { symbol: "diamond", symbolSize: 9, itemStyle: { color: colour("paper"), borderColor: colour("anomaly"), borderWidth: 1.5 } }),
    marks("flagged-score", "anomaly", drawing.flaggedScore, flag),
    marks("flagged-price", "price", drawing.flaggedPrice, { ...flag, symbolRotate: 180, symbolOffset: [0, -11] }),
  ];
}

const line = (id: string, pane: Pane, data: Point[], stroke: string): SeriesOption & { type: "line" } =>
  ({ id, type: "line", ...on(pane), data, symbol: "none", sampling: "none" as never, lineStyle: { color: stroke, width: 1.25 }, itemStyle: { color: stroke }, connectNulls: false });
