import type { OriginUse } from '../../core/settings/origins/origin-store.ts';
import type { ItemReads, TableItem } from '../signed-http/dynamo-items.lean.ts';
import { ENDPOINT_KEY, ORIGIN_KEY } from './accounts-keys.lean.ts';

/** Ids of the origins that an endpoint reads from, in its order. An endpoint without a record has none. */
export function endpointOrigins(accounts: ItemReads): (endpointId: string) => Promise<readonly string[]> {
  return async (endpointId) => originsOf((await accounts.get(ENDPOINT_KEY.of(endpointId))) ?? {});
}

/** Which endpoints name an origin. */
export function originUse(accounts: ItemReads): OriginUse {
  return {
    endpointsUsing: async (originId) => {
      const endpoints = await accounts.query(ENDPOINT_KEY.partition);
      return endpoints.filter((one) => originsOf(one).includes(originId)).map(({ id }) => id?.S ?? '');
    },
  };
}

/** Whether there is any origin. */
export const hasOrigins = (accounts: ItemReads) => async (): Promise<boolean> =>
  (await accounts.query(ORIGIN_KEY.partition)).length > 0;

function originsOf({ origins }: TableItem): string[] {
  return (origins?.L ?? []).flatMap(({ S }) => (S === undefined ? [] : [S]));
}
