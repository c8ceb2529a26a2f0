import type { PostedMessage, PostOutcome } from '../core/webhooks/deliver-message.ts';
import type { Exchange } from './guarded-exchange.ts';
import type { RemoteFaultKind } from './remote-fault.ts';
import { RemoteFault } from './remote-fault.ts';

/** Sends messages to webhooks behind the guard of `guardedExchange`. What a receiver says beyond its status is not read. */
export function messagePost(exchange: Exchange): (message: PostedMessage) => Promise<PostOutcome> {
  return async (message) => {
    try {
      const { status } = await exchange({ ...message, method: 'POST', redirects: 0, ignoresBody: true });
      return { status };
    } catch (error) {
      return { fault: error instanceof RemoteFault ? FAULTS[error.kind] : 'broken' };
    }
  };
}

type Fault = Extract<PostOutcome, { readonly fault: string }>['fault'];

const FAULTS: Readonly<Record<RemoteFaultKind, Fault>> = {
  url: 'forbidden',
  forbidden: 'forbidden',
  refused: 'refused',
  timeout: 'late',
  'too-large': 'broken',
  endless: 'broken',
  broken: 'broken',
};
