/** The value of a `Server-Timing` header (W3C Server Timing) as every media answer carries it. */
export interface Timing {
  /** Milliseconds to find the asset and read its bytes. */
  fetch: number;
  /** Milliseconds to render. */
  transform: number;
}

/** As it is kept with a variant, to be told with every answer that is not made anew: what the making once took. */
export function madeTiming({ fetch, transform }: Timing): string {
  return `made;dur=${(fetch + transform).toFixed(1)}`;
}

/** As the transformer answers: nothing was stored yet. */
export function missTiming({ fetch, transform }: Timing): string {
  return `fetch;dur=${fetch.toFixed(1)}, transform;dur=${transform.toFixed(1)}, cache;desc=miss`;
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
