/** The value of a `Server-Timing` header (W3C Server Timing) as every media answer carries it. */
export interface Timing {
  /** Milliseconds to find the asset and read its bytes. */
  fetch: number;
  /** Milliseconds to render. */
  transform: number;
}

/** As it is stored with a variant: where the answer came from is added when it is served. */
export function storedTiming({ fetch, transform }: Timing): string {
  return `fetch;dur=${fetch.toFixed(1)}, transform;dur=${transform.toFixed(1)}`;
}

/** As the transformer answers: nothing was stored yet. */
export function missTiming(timing: Timing): string {
  return `${storedTiming(timing)}, cache;desc=miss`;
}

/** Runs `work` and adds its duration to one of the timing's parts, also when it fails. */
export async function timed<T>(
  timing: Timing,
  part: keyof Timing,
  now: () => number,
  work: () => Promise<T>,
): Promise<T> {
  const start = now();
  try {
    return await work();
  } finally {
    timing[part] += now() - start;
  }
}
