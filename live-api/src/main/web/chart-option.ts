import type { EChartsOption } from "./vendor/echarts.js";
import type { Feature } from "./contract.js";
import { clock, day, fixed, moment, percent, price, tick } from "./format.js";
import { faded } from "./theme.js";
import { FEATURE_TERMS } from "./terms.js";

/** The panes of the one chart, from top to bottom; each has a slot of this name in index.html. */
export const PANES = ["price", "volume", "regimes", "anomaly", "feature-0", "feature-1", "feature-2"] as const;
export type Pane = (typeof PANES)[number];
export const paneIndex = (pane: Pane): number => PANES.indexOf(pane);

export interface Box {
  top: number;
  height: number;
}

export interface Frame {
  boxes: Record<Pane | "slider", Box>;
  colour: (name: string) => string;
  features: readonly Feature[];
  narrow: boolean;
}

type Formatter = (value: number) => string;

const featureFormat = (feature: Feature): Formatter => {
  const unit = FEATURE_TERMS[feature].unit;
  if (unit === "percent") return value => percent(value, 2);
  return unit === "times" ? value => fixed(value, 1) + " ×" : value => fixed(value, 1);
};

function axisTime(value: number): string {
  const at = new Date(value);
  if (value % 86_400_000 !== 0) return clock(value);
  return at.getUTCDate() === 1 ? `{strong|${day(value).slice(0, 7)}}` : `{strong|${day(value).slice(5)}}`;
}

/** Axes, grids and zoom: all that does not change with the rows. */
export function frameOption(frame: Frame): EChartsOption {
  const { colour, boxes, narrow } = frame;
  const right = narrow ? 66 : 80, left = narrow ? 8 : 16;
  const ink = colour("ink"), muted = colour("muted"), hair = colour("hair");
  const text = { color: muted, fontSize: 11, fontFamily: "inherit" };
  const formats: Formatter[] = [tick, tick, value => percent(value), value => fixed(value, 2), ...frame.features.map(featureFormat)];
  const last = PANES.length - 1;
  return {
    useUTC: true,
    animation: false,
    backgroundColor: "transparent",
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    axisPointer: { link: [{ xAxisIndex: "all" }], label: { backgroundColor: ink, color: colour("paper"), fontSize: 11, padding: [3, 6] } },
    tooltip: { trigger: "axis", showContent: false },
    grid: PANES.map(pane => ({ left, right, top: boxes[pane].top, height: boxes[pane].height })),
    xAxis: PANES.map((_, index) => ({
      type: "time" as const, gridIndex: index,
      axisLine: { lineStyle: { color: hair } }, axisTick: { show: false }, splitLine: { show: true, lineStyle: { color: hair, opacity: 0.5 } },
      axisLabel: { ...text, show: index <= 3 || index === last, hideOverlap: true, formatter: axisTime, rich: { strong: { ...text, color: ink, fontWeight: 600 } } },
      axisPointer: { show: true, lineStyle: { color: muted, type: "dashed" as const }, label: { show: index === 0, formatter: (at: { value: unknown }) => moment(Number(at.value)) + " UTC" } },
    })),
    yAxis: PANES.map((_, index) => ({
      type: "value" as const, gridIndex: index, position: "right" as const, scale: index === 0 || index >= 3,
      ...(index === 2 ? { min: 0, max: 1, interval: 0.5 } : {}), splitNumber: index === 0 ? 5 : index >= 4 ? 2 : 3,
      axisLine: { show: false }, axisTick: { show: false }, splitLine: { lineStyle: { color: hair } },
      axisLabel: { ...text, formatter: (value: number) => formats[index]?.(value) ?? "", showMinLabel: index <= 3, hideOverlap: true },
      axisPointer: { show: index === 0, triggerTooltip: false, lineStyle: { color: muted, type: "dashed" as const }, label: { formatter: (at: { value: unknown }) => price(Number(at.value)) } },
    })),
    dataZoom: [
      { type: "inside", xAxisIndex: PANES.map((_, index) => index), filterMode: "weakFilter", zoomOnMouseWheel: "ctrl", moveOnMouseWheel: "shift", preventDefaultMouseMove: false, throttle: 16 },
      {
        type: "slider", xAxisIndex: PANES.map((_, index) => index), filterMode: "weakFilter", left, right, top: boxes.slider.top, height: boxes.slider.height,
        brushSelect: false, throttle: 16, borderColor: "transparent", backgroundColor: faded(muted, 0.08), fillerColor: faded(colour("accent"), 0.14),
        dataBackground: { lineStyle: { color: muted, opacity: 0.5 }, areaStyle: { color: muted, opacity: 0.12 } },
        selectedDataBackground: { lineStyle: { color: colour("accent") }, areaStyle: { color: colour("accent"), opacity: 0.12 } },
        handleStyle: { color: colour("paper"), borderColor: colour("accent") }, moveHandleSize: 0, showDetail: false,
      },
    ],
  };
}
