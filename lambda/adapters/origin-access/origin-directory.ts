import type { Origin, StoredOrigin } from '../../core/settings/origins/origin.ts';
import type { OriginDirectory } from '../../core/settings/origins/origin-store.ts';
import { ORIGIN_KEY } from '../accounts-table/accounts-keys.lean.ts';
import { isWithin } from '../cached.lean.ts';
import type { DynamoItems, TableItem } from '../signed-http/dynamo-items.lean.ts';

/** How long a warm function uses an order and origins that were changed meanwhile, in milliseconds. */
const MEMORY = 15_000;

/**
 * Origins by the order of their endpoint, read from the accounts table without ElectroDB.
 * @param orderOf ids of an endpoint's origins
 */
export function originDirectory(
  accounts: DynamoItems,
  orderOf: (endpointId: string) => Promise<readonly string[]>,
  now: () => number = Date.now,
): OriginDirectory {
  const known = new Map<string, { readonly readAt: number; readonly origins: Promise<readonly StoredOrigin[]> }>();
  const read = async (endpointId: string) => {
    const items = await Promise.all((await orderOf(endpointId)).map((id) => accounts.get(ORIGIN_KEY.of(id))));
    return items.flatMap((item) => (item ? [toStored(item)] : []));
  };
  return {
    ofEndpoint: (endpointId) => {
      const found = known.get(endpointId);
      if (found && isWithin(MEMORY, found.readAt, now())) return found.origins;
      const origins = read(endpointId);
      known.set(endpointId, { readAt: now(), origins });
      origins.catch(() => known.delete(endpointId));
      return origins;
    },
  };
}

function toStored(item: TableItem): StoredOrigin {
  const { settings, sealed, revision, createdAt, updatedAt } = item;
  if (!settings?.S || !revision?.N) throw new Error('The record of an origin is damaged.');
  return {
    origin: JSON.parse(settings.S) as Origin,
    revision: Number(revision.N),
    createdAt: createdAt?.S ?? '',
    updatedAt: updatedAt?.S ?? '',
    ...(sealed?.S && { sealed: sealed.S }),
  };
}
