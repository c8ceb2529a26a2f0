import type { SigningKeyUses } from '../../core/settings/signing-keys/manage-signing-keys.ts';
import { dynamoItems } from '../signed-http/dynamo-items.lean.ts';
import type { Environment } from '../signed-http/service-endpoint.lean.ts';
import { KEY_USE } from './library-keys.lean.ts';

/** A process notes a key once in so many milliseconds. */
const PAUSE = 60_000;

/** When each key last signed something that was made or fetched, in the library table. */
export function signingKeyUses(
  environment: Environment,
  table: string,
): SigningKeyUses & {
  /** @param now milliseconds since 1970 */
  note(keyId: string, now: number): Promise<void>;
} {
  const items = dynamoItems(environment, table);
  const noted = new Map<string, number>();
  return {
    note: async (keyId, now) => {
      if (now - (noted.get(keyId) ?? 0) < PAUSE) return;
      noted.set(keyId, now);
      await items.put({ pk: { S: KEY_USE.pk }, sk: { S: keyId }, at: { S: new Date(now).toISOString() } });
    },
    list: async () => {
      const found = await items.query(KEY_USE.pk);
      return new Map(found.map(({ sk, at }) => [sk?.S ?? '', at?.S ?? '']));
    },
  };
}
