import { casePath, type Api } from "./api.js";
import type { LabelRow, ModelRow, Verdict } from "./contract.js";
import { showMinute, type Minute } from "./detail.js";
import { byId, make, write } from "./dom.js";
import { moment } from "./format.js";
import { RowStore } from "./store.js";
import { momentUtc } from "./feed-status.js";

const ANALYST = "microstream.analyst";
const VERDICTS: Record<Verdict, string> = { TRUE: "true anomaly", FALSE: "false alarm", UNCLEAR: "unclear" };

/** The dialog about one minute: why it was flagged, the case file, the analyst's label. */
export class Detail {
  private readonly dialog = byId<HTMLDialogElement>("detail");
  private readonly form = byId<HTMLFormElement>("label-form");
  private symbol = "";
  private at = 0;

  constructor(private readonly api: Api, private readonly hasToken: boolean, private readonly models: () => readonly ModelRow[]) {
    byId("detail-close").addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("click", event => { if (event.target === this.dialog) this.dialog.close(); });
    this.form.addEventListener("submit", event => {
      event.preventDefault();
      void this.save();
    });
    byId("case-file").addEventListener("click", event => {
      if (!this.hasToken) return;
      event.preventDefault();
      void this.download();
    });
  }

  /** Opens on a minute; of a bucket of a roll-up, on its highest score, or its largest surprise if only that is flagged. */
  async open(symbol: string, at: number, held: RowStore): Promise<void> {
    this.symbol = symbol;
    this.at = at;
    const row = held.anomalies.at(at), regime = held.regimes.at(at);
    const peak = row?.is_anomaly !== true && regime?.is_surprising === true ? regime.peak_time : row?.peak_time;
    if (peak !== undefined) this.at = Date.parse(peak);
    this.prepare();
    const known: Minute = { symbol, at: this.at, anomaly: row, regime: held.interval === "1m" ? held.regimes.at(at) : undefined, bar: held.interval === "1m" ? held.bars.at(at) : undefined, models: this.models() };
    showMinute(known);
    if (!this.dialog.open) this.dialog.showModal();
    await Promise.all([held.interval === "1m" ? undefined : this.fetchMinute(known), this.showLabels()]);
  }

  private async fetchMinute(known: Minute): Promise<void> {
    const at = this.at, minute = new RowStore("1m");
    try {
      minute.merge(await this.api.rows(this.symbol, "1m", { from: at, to: at + 60_000 }));
    } catch (e) {
      return write("label-state", String((e as Error).message));
    }
    if (at === this.at) showMinute({ ...known, anomaly: minute.anomalies.at(at) ?? known.anomaly, regime: minute.regimes.at(at), bar: minute.bars.at(at) });
  }

  private prepare(): void {
    this.form.reset();
    this.field<HTMLInputElement>("analyst").value = localStorage.getItem(ANALYST) ?? "";
    const link = byId<HTMLAnchorElement>("case-file");
    link.href = `api/v1/${casePath(this.symbol, this.at)}`;
    link.download = `case-${this.symbol}-${moment(this.at).replace(/[ :]/g, "-")}.zip`;
    write("label-state", "");
    byId("labels").replaceChildren();
  }

  private async showLabels(): Promise<void> {
    const at = this.at;
    try {
      const labels = await this.api.labels(this.symbol, at);
      if (at === this.at) byId("labels").replaceChildren(...labels.map(labelLine));
    } catch (e) {
      if (at === this.at) write("label-state", `Cannot load labels: ${(e as Error).message}`);
    }
  }

  private async save(): Promise<void> {
    const data = new FormData(this.form);
    const analyst = String(data.get("analyst") ?? "").trim();
    const verdict = data.get("verdict") as Verdict | null;
    if (verdict === null || analyst === "") return write("label-state", "Choose a verdict and enter your name.");
    localStorage.setItem(ANALYST, analyst);
    write("label-state", "Saving…");
    try {
      await this.api.label(this.symbol, this.at, verdict, String(data.get("note") ?? ""), analyst);
      await this.showLabels();
      write("label-state", "Saved.");
    } catch (e) {
      write("label-state", `Not saved: ${(e as Error).message}`);
    }
  }

  private async download(): Promise<void> {
    try {
      const url = URL.createObjectURL(await this.api.caseFile(this.symbol, this.at));
      const link = make("a", { href: url, download: byId<HTMLAnchorElement>("case-file").download });
      link.click();
      URL.revokeObjectURL(url);
    } catch (e) {
      write("label-state", `Cannot make the case file: ${(e as Error).message}`);
    }
  }

  private field<T extends Element>(name: string): T {
    return this.form.elements.namedItem(name) as unknown as T;
  }
}

const labelLine = (row: LabelRow): HTMLLIElement =>
  make("li", {}, make("strong", {}, row.analyst), ` on ${momentUtc(row.labelled_at)}: ${VERDICTS[row.verdict]}${row.note ? `. ${row.note}` : ""}`);
