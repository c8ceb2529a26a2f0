import { setTimeout as pause } from 'node:timers/promises';
import type { FaultSwitch } from './fault-switch.ts';

/** Takes an event; a rejection means that it was not taken. */
type Receive = (event: unknown) => Promise<void>;

/**
 * Events as EventBridge promises them: at least once, in no order, and lost until they are sent again. A dropped one is
 * refused, so that its sender repeats it.
 */
export function withEventFaults(receive: Receive, faults: FaultSwitch): Receive {
  return async (event) => {
    const fault = faults.draw('events', nameOf(event));
    if (fault?.kind === 'drop') throw new Error('The event was dropped on purpose.');
    if (fault?.kind === 'delay') await pause(fault.milliseconds, undefined, { ref: false });
    await receive(event);
    if (fault?.kind !== 'twice') return;
    await pause(fault.milliseconds, undefined, { ref: false });
    await receive(event);
  };
}

function nameOf(event: unknown): string {
  const { 'detail-type': name } = (event ?? {}) as { readonly 'detail-type'?: string };
  return name ?? '';
}
