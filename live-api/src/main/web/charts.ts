import { init, type ECharts } from "./vendor/echarts.js";
import { frameOption, PANES, type Box, type Frame, type Pane } from "./chart-option.js";
import { MARKS, seriesOption } from "./chart-series.js";
import type { Feature } from "./contract.js";
import { byId } from "./dom.js";
import type { Span } from "./intervals.js";
import type { Drawing } from "./series.js";
import { colours } from "./theme.js";

export interface ChartEvents {
  /** Called after the user has moved or zoomed the view. */
  view(view: Span): void;
  /** Called when the user points at a time; null when no longer. */
  point(at: number | null): void;
  /** The reader chose the marker at the centre of a bar. */
  open(centre: number): void;
}

/** All panes as one chart on one canvas under the panels' headings; their time axes move together. */
export class Charts {
  private readonly chart: ECharts;
  private readonly host = byId("plot");
  private colour = colours();
  private extent: Span = { from: 0, to: 1 };
  private shown: { drawing: Drawing; view: Span; features: readonly Feature[] } | null = null;

  constructor(events: ChartEvents) {
    this.chart = init(this.host, null, { renderer: "canvas" });
    this.chart.on("datazoom", event => {
      const moved = zoomOf(event);
      if (moved !== null) events.view(this.spanOf(moved));
    });
    this.chart.on("updateAxisPointer", event => {
      const axes = (event as { axesInfo?: { value?: unknown }[] }).axesInfo ?? [];
      const at = axes[0]?.value;
      events.point(typeof at === "number" ? at : null);
    });
    this.chart.getZr().on("globalout", () => events.point(null));
    this.chart.on("click", event => {
      const centre = Array.isArray(event.data) ? Number(event.data[0]) : NaN;
      if (MARKS.includes(event.seriesId ?? "") && Number.isFinite(centre)) events.open(centre);
    });
    new ResizeObserver(() => this.layOut()).observe(byId("charts"));
  }

  /** @param extent what the axis spans, of which `view` is seen */
  draw(drawing: Drawing, extent: Span, view: Span, features: readonly Feature[], description: string): void {
    const framed = this.shown !== null && this.shown.features === features;
    const moved = !framed || !same(this.extent, extent) || !same(this.shown?.view, view);
    this.extent = extent;
    this.shown = { drawing, view, features };
    if (!framed) this.chart.setOption(frameOption(this.frame()));
    const zoom = { startValue: view.from, endValue: view.to };
    this.chart.setOption({
      aria: { enabled: true, label: { description } },
      series: seriesOption(drawing, this.colour),
      ...(moved ? { xAxis: PANES.map(() => ({ min: extent.from, max: extent.to })), dataZoom: [zoom, zoom] } : {}),
    });
  }

  /** The view as the reader's own hand has it, so that drawing does not move it back. */
  keep(view: Span): void {
    if (this.shown !== null) this.shown.view = view;
  }

  /** After the theme or the place of the panels changed. */
  layOut(): void {
    this.colour = colours();
    this.chart.resize();
    if (this.shown === null) return;
    const { drawing } = this.shown;
    this.chart.setOption(frameOption(this.frame()));
    this.chart.setOption({ series: seriesOption(drawing, this.colour) });
  }

  private frame(): Frame {
    const top = this.host.getBoundingClientRect().top;
    const boxes = {} as Record<Pane | "slider", Box>;
    for (const pane of [...PANES, "slider"] as const) {
      const slot = byId(`slot-${pane}`).getBoundingClientRect();
      boxes[pane] = { top: slot.top - top, height: slot.height };
    }
    return { boxes, colour: this.colour, features: this.shown?.features ?? [], narrow: this.host.clientWidth < 560 };
  }

  private spanOf({ start, end }: { start: number; end: number }): Span {
    const width = this.extent.to - this.extent.from;
    return { from: this.extent.from + (width * start) / 100, to: this.extent.from + (width * end) / 100 };
  }
}

const same = (a: Span | undefined, b: Span): boolean => a !== undefined && a.from === b.from && a.to === b.to;

function zoomOf(event: unknown): { start: number; end: number } | null {
  const { batch, start, end } = event as { batch?: { start?: number; end?: number }[]; start?: number; end?: number };
  const each = batch?.[0] ?? { start, end };
  return each.start === undefined || each.end === undefined ? null : { start: each.start, end: each.end };
}
