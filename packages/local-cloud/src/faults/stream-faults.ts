import { setTimeout as pause } from 'node:timers/promises';
import type { FaultSwitch } from './fault-switch.ts';

interface Batch {
  readonly Records?: readonly unknown[];
}

/**
 * Batches of a stream as Lambda promises them, and worse: at least once, and late. A stream keeps the order of each item's
 * changes; who is right without it is right after a repetition, too.
 */
export function withStreamFaults<T>(
  invoke: (event: Batch) => Promise<T>,
  faults: FaultSwitch,
): (event: Batch) => Promise<T> {
  return async (event) => {
    const fault = faults.draw('streams', '');
    if (fault?.kind === 'reorder') return invoke({ ...event, Records: event.Records?.toReversed() ?? [] });
    if (fault?.kind === 'twice') await invoke(event);
    if (fault) await pause(fault.milliseconds, undefined, { ref: false });
    return invoke(event);
  };
}
