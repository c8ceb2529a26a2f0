/**
 * Remembers what `load` gave for some time, so that a warm function does not ask for settings on every call. Calls at the
 * same time share one load; a failed load is not remembered.
 */
export function cached<T>(
  load: () => Promise<T>,
  milliseconds: number,
  now: () => number = Date.now,
): () => Promise<T> {
  let value: Promise<T> | undefined;
  let loadedAt = 0;
  return () => {
    if (value && isWithin(milliseconds, loadedAt, now())) return value;
    loadedAt = now();
    const loading = load();
    value = loading;
    loading.catch(() => {
      if (value === loading) value = undefined;
    });
    return loading;
  };
}

/** Whether so much time has not passed since. A clock that was put back says that all of it has: nothing is remembered longer. */
export function isWithin(milliseconds: number, since: number, now: number): boolean {
  return now >= since && now - since < milliseconds;
}
