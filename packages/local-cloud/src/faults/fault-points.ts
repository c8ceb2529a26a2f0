import { startFaultProxy } from './fault-proxy.ts';
import type { FaultPlace } from './fault-rule.ts';
import type { FaultSwitch } from './fault-switch.ts';
import { indexLag } from './index-lag.ts';

export interface FaultPoints {
  /** Endpoints for `AWS_ENDPOINT_URL_*`, each behind a fault point. */
  readonly endpoints: ReadonlyMap<string, string>;
  close(): Promise<void>;
}

/** Services whose calls do not come to a fault point: their SDK puts a name of its own before the host. */
const LEFT_OUT = ['CLOUDFRONT_KEYVALUESTORE'];

/**
 * Puts a fault point before every service that functions call.
 * @param endpoints by what follows `AWS_ENDPOINT_URL_`
 * @param keys names of the attributes that are keys of tables
 */
export async function startFaultPoints(
  endpoints: ReadonlyMap<string, string>,
  faults: FaultSwitch,
  keys: readonly string[],
): Promise<FaultPoints> {
  const proxies = await Promise.all(
    [...endpoints]
      .filter(([name]) => !LEFT_OUT.includes(name))
      .map(async ([name, target]) => {
        const at = name.toLowerCase().replaceAll('_', '-') as FaultPlace;
        const lag = at === 'dynamodb' && { indexLag: indexLag(keys, Date.now) };
        return { name, proxy: await startFaultProxy({ target, at, faults, ...lag }) };
      }),
  );
  return {
    endpoints: new Map([...endpoints, ...proxies.map(({ name, proxy }) => [name, proxy.endpoint] as const)]),
    close: async () => void (await Promise.all(proxies.map(({ proxy }) => proxy.close()))),
  };
}
