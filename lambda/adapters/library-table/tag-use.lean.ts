import type { TagUse } from '../../core/delivery/cache-tags.ts';
import { dynamoItems } from '../signed-http/dynamo-items.lean.ts';
import type { Environment } from '../signed-http/service-endpoint.lean.ts';
import { TAG_USE_KEY } from './library-keys.lean.ts';

/** Tags that one process remembers to have noted. */
const REMEMBERED = 10_000;

/** An item in the library table for each tag. It is never removed, so what was noted once is not noted again. */
export function tagUse(environment: Environment, table: string): TagUse {
  const items = dynamoItems(environment, table);
  const noted = new Map<string, Promise<void>>();
  const note = (tag: string): Promise<void> => {
    const { pk, sk } = TAG_USE_KEY.of(tag);
    const noting = items.put({ pk: { S: pk }, sk: { S: sk } });
    noting.catch(() => noted.delete(tag));
    if (noted.size >= REMEMBERED) noted.clear();
    noted.set(tag, noting);
    return noting;
  };
  return {
    note: async (tags) => void (await Promise.all(tags.map((tag) => noted.get(tag) ?? note(tag)))),
  };
}
