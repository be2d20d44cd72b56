import type { CustomSeriesOption, EChartsOption, SeriesOption } from "./vendor/echarts.js";
import { paneIndex, type Pane } from "./chart-option.js";
import { price } from "./format.js";
import type { Drawing, Point } from "./series.js";
import { faded } from "./theme.js";
import { REGIMES, REGIME_ORDER } from "./terms.js";

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
      const term = REGIMES[REGIME_ORDER[index] ?? "STABLE_LIQUIDITY"];
      const grid = params.coordSys as unknown as { x: number; y: number; width: number; height: number };
      const begin = Math.max(grid.x, api.coord([api.value(0), 0])[0] ?? 0);
      const end = Math.min(grid.x + grid.width, api.coord([api.value(1), 0])[0] ?? 0);
      const width = end - begin, height = HEIGHTS[index] ?? 3, foot = grid.y + grid.height;
      if (width <= 0) return null;
      const rect = (y: number, high: number, fill: string) => ({ type: "rect" as const, shape: { x: begin, y, width, height: high }, style: { fill } });
      const letter = { type: "text" as const, silent: true, style: { text: term.letter, x: begin + 4, y: foot - height - 3, align: "left" as const, verticalAlign: "bottom" as const, fontSize: 11, fontWeight: 700 as const, fill: colour(`${term.key}-ink`) } };
      const base = [rect(grid.y, grid.height, faded(colour(term.key), 0.13 + 0.05 * index)), rect(foot - height, height, colour(term.key))];
      return { type: "group", children: width >= 16 ? [...base, letter] : base };
    },
  };
}

/** Hollow where the price rose, filled where it fell: colour is left to the regimes. */
function candles({ candles: data, running, lastPrice, crowded }: Drawing, colour: Colour): SeriesOption {
  const ink = colour("candle");
  return {
    id: "candles", type: "candlestick", ...on("price"), barMaxWidth: 14, barMinWidth: 1, large: crowded, largeThreshold: 1, progressive: 0, z: 3,
    dimensions: ["at", "open", "close", "low", "high"], encode: { x: 0, y: [1, 2, 3, 4] },
    data: crowded ? flat(data) : data.map((candle, index) => index === running ? { value: candle, itemStyle: { opacity: 0.55, borderType: "dashed" } } : candle),
    itemStyle: { color: colour("paper"), color0: ink, borderColor: ink, borderColor0: ink, borderWidth: 1 },
    markLine: {
      silent: true, symbol: "none", animation: false, lineStyle: { color: colour("accent"), type: "dotted", width: 1 },
      label: { position: "end", distance: 2, backgroundColor: colour("accent"), color: colour("paper"), padding: [2, 4], fontSize: 11, formatter: at => price(Number(at.value)), fontWeight: 600 },
      data: lastPrice === null ? [] : [{ yAxis: lastPrice }],
    },
  };
}

/**
 * Bought by takers from the ground up, sold above it; grey where the side is not known. As wide as the bar's time
 * allows. All that is in view is three outlines, drawn with the first bar: thousands of shapes would be slow.
 */
function volumes({ volumes: data, step }: Drawing, colour: Colour): CustomSeriesOption {
  return {
    id: "volumes", type: "custom", ...on("volume"), silent: true, data: flat(data), dimensions: ["at", "volume", "buys"], encode: { x: 0, y: 1 },
    renderItem(params, api) {
      if (params.dataIndexInside !== 0) return null;
      const first = params.dataIndex, rows = data.slice(first, first + params.dataInsideLength);
      const [left = 0, ground = 0] = api.coord([rows[0]?.[0] ?? 0, 0]), [right = 0, top = 0] = api.coord([(rows[0]?.[0] ?? 0) + step, 1]);
      const width = Math.max(1, Math.min(14, (right - left) * 0.7));
      const bar = (index: number, from: number, to: number): string => {
        const x = left + ((right - left) * ((rows[index]?.[0] ?? 0) - (rows[0]?.[0] ?? 0))) / step - width / 2;
        const y = (value: number): string => (ground + (top - ground) * value).toFixed(1);
        return `M${x.toFixed(1)} ${y(from)}h${width.toFixed(1)}V${y(to)}h${(-width).toFixed(1)}Z`;
      };
      const outline = (name: string, of: (row: [number, number, number], index: number) => string) =>
        ({ type: "path" as const, shape: { pathData: rows.map(of).join("") || "M0 0" }, style: { fill: colour(name) } });
      return {
        type: "group", children: [
          outline("buy", ([, , buys], index) => (Number.isFinite(buys) ? bar(index, 0, buys) : "")),
          outline("sell", ([, volume, buys], index) => (Number.isFinite(buys) ? bar(index, buys, volume) : "")),
          outline("muted", ([, volume, buys], index) => (Number.isFinite(buys) ? "" : bar(index, 0, volume))),
        ],
      };
    },
  };
}

const HATCH = [
  {},
  { decal: { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [1, 6], rotation: Math.PI / 4, color: "rgba(0,0,0,0.28)" } },
  { decal: { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 3], rotation: -Math.PI / 4, color: "rgba(0,0,0,0.34)" } },
];

/** Stacked, they fill the panel; hatched, so that they can be distinguished without colour. */
function probabilities({ probabilities: lines, confidence }: Drawing, colour: Colour): SeriesOption[] {
  const areas = lines.map((data, index): SeriesOption => {
    const fill = colour(REGIMES[REGIME_ORDER[index] ?? "STABLE_LIQUIDITY"].key);
    return { id: `probability-${index}`, type: "line", ...on("regimes"), stack: "probability", data: flat(data), dimensions: ["at", "value"], encode: { x: 0, y: 1 }, symbol: "none", lineStyle: { width: 0 }, itemStyle: { color: fill, ...HATCH[index] }, areaStyle: { color: fill, opacity: 0.75 } };
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

/** The rows one after the other in one array, which the library takes without copying each; NaN for null. */
function flat(rows: readonly (readonly (number | null)[])[]): never {
  const width = rows[0]?.length ?? 1, all = new Float64Array(rows.length * width);
  rows.forEach((row, at) => row.forEach((value, column) => { all[at * width + column] = value ?? NaN; }));
  return all as never;
}

const line = (id: string, pane: Pane, data: Point[], stroke: string): SeriesOption & { type: "line" } =>
  ({ id, type: "line", ...on(pane), data: flat(data), dimensions: ["at", "value"], encode: { x: 0, y: 1 }, symbol: "none", lineStyle: { color: stroke, width: 1.25 }, itemStyle: { color: stroke }, connectNulls: false });
