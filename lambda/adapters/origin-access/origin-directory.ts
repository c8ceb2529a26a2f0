import type { Origin, StoredOrigin } from '../../core/settings/origins/origin.ts';
import type { OriginDirectory } from '../../core/settings/origins/origin-store.ts';
import { ORIGIN_KEY } from '../accounts-table/accounts-keys.lean.ts';
import { isWithin } from '../cached.lean.ts';
import type { ItemReads, TableItem } from '../signed-http/dynamo-items.lean.ts';

/** How long a warm function uses an order and origins that were changed meanwhile, in milliseconds. */
const MEMORY = 15_000;

/**
 * Origins by the order of their endpoint, read from the accounts table without ElectroDB.
 * @param orderOf ids of an endpoint's origins
 */
export function originDirectory(
  accounts: ItemReads,
  orderOf: (endpointId: string) => Promise<readonly string[]>,
  now: () => number = Date.now,
): OriginDirectory {
  const find = async (id: string) => {
    const item = await accounts.get(ORIGIN_KEY.of(id));
    return item && toStored(item);
  };
  const ofEndpoint = async (endpointId: string) => {
    const found = await Promise.all((await orderOf(endpointId)).map(find));
    return found.filter((one) => one !== undefined);
  };
  return { ofEndpoint: remembered(ofEndpoint, now), find: remembered(find, now) };
}

/** Answers by their question, for some time; failures are not kept. */
function remembered<T>(read: (id: string) => Promise<T>, now: () => number): (id: string) => Promise<T> {
  const known = new Map<string, { readonly readAt: number; readonly answer: Promise<T> }>();
  return (id) => {
    const found = known.get(id);
    if (found && isWithin(MEMORY, found.readAt, now())) return found.answer;
    const answer = read(id);
    known.set(id, { readAt: now(), answer });
    answer.catch(() => known.delete(id));
    return answer;
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
