/** Runs a task one at a time with a least gap between runs; requests made meanwhile are merged into one run. */
export class Throttle {
  private running = false;
  private waiting = false;
  /** A run requested during the current one: right after it, or when the gap allows. */
  private again: "at once" | "in time" | null = null;
  private begunAt = -Infinity;

  /**
   * @param run must not fail
   * @param gapMs least time between the beginnings of two runs
   * @param now milliseconds of any clock
   */
  constructor(private readonly run: () => Promise<void>, private readonly gapMs: number,
    private readonly now: () => number, private readonly later: (run: () => void, ms: number) => void) {}

  /** Runs as soon as the gap allows. */
  schedule(): void {
    const wait = this.begunAt + this.gapMs - this.now();
    if (this.running) this.again ??= "in time";
    else if (wait <= 0) this.begin();
    else if (!this.waiting) {
      this.waiting = true;
      this.later(() => this.waited(), wait);
    }
  }

  /** Runs now, or right after the run in progress. */
  runNow(): void {
    if (this.running) this.again = "at once";
    else this.begin();
  }

  private waited(): void {
    this.waiting = false;
    this.schedule();
  }

  private begin(): void {
    this.running = true;
    this.begunAt = this.now();
    void this.run().finally(() => this.ended());
  }

  private ended(): void {
    const { again } = this;
    this.running = false;
    this.again = null;
    if (again === "at once") this.begin();
    else if (again === "in time") this.schedule();
  }
}
