/** One metric of one resource (AWS, "Metric"). */
export interface MetricName {
  readonly namespace: string;
  readonly name: string;
  /** Dimension -> value. */
  readonly dimensions: Readonly<Record<string, string>>;
}

/** A value over a period. */
export interface Datapoint {
  /** Start of the period, milliseconds since 1970. */
  readonly time: number;
  readonly sum: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What services tell of themselves, in memory: counts by the hour, and what is read at the moment somebody asks. */
export class Metrics {
  readonly #now: () => number;
  readonly #counts = new Map<string, Map<number, number>>();
  readonly #gauges = new Map<string, () => number>();

  /** @param now milliseconds since 1970 */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  count(metric: MetricName, value: number): void {
    const id = idOf(metric);
    const hours = this.#counts.get(id) ?? new Map<number, number>();
    const hour = startOf(this.#now(), HOUR);
    hours.set(hour, (hours.get(hour) ?? 0) + value);
    this.#counts.set(id, hours);
  }

  /** A value that is told once a day, as that of the day. */
  daily(metric: MetricName, read: () => number): void {
    this.#gauges.set(idOf(metric), read);
  }

  /**
   * @param from milliseconds since 1970; `to` is not among them
   * @param period milliseconds
   * @returns oldest first, a period without a value left out
   */
  datapoints(metric: MetricName, { from, to, period }: { from: number; to: number; period: number }): Datapoint[] {
    const id = idOf(metric);
    const gauge = this.#gauges.get(id);
    const values = gauge ? [[startOf(this.#now(), DAY), gauge()] as const] : [...(this.#counts.get(id) ?? [])];
    const sums = new Map<number, number>();
    for (const [time, value] of values) {
      if (time < from || time >= to) continue;
      const start = startOf(time, period);
      sums.set(start, (sums.get(start) ?? 0) + value);
    }
    return [...sums].map(([time, sum]) => ({ time, sum })).sort((a, b) => a.time - b.time);
  }
}

const startOf = (time: number, period: number): number => Math.floor(time / period) * period;

const idOf = ({ namespace, name, dimensions }: MetricName): string =>
  JSON.stringify([namespace, name, Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1))]);
