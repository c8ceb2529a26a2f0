import { type Listener, openListener } from 'local-cloud';
import type { ApiDistribution } from './distributions.ts';

/** A region's API where it is served. */
export interface ServedApi extends ApiDistribution {
  readonly listener: Listener;
}

/**
 * Listens for the APIs of further regions, on the ports that follow the one of the sign-in.
 * @param signInPort as it was asked for; 0: any free ports
 * @throws StartFault when one of them is taken
 */
export function openApiListeners(others: readonly ApiDistribution[], signInPort: number): Promise<ServedApi[]> {
  return Promise.all(
    others.map(async (distribution, index) => {
      const port = signInPort === 0 ? 0 : signInPort + 1 + index;
      return { ...distribution, listener: await openListener(port, 'SIGN_IN_PORT') };
    }),
  );
}
