import type { FindNamed } from '../../core/settings/named-transformations/named-transformation-store.ts';
import type { ItemReads } from '../signed-http/dynamo-items.lean.ts';
import { NAMED_KEY } from './accounts-keys.lean.ts';

/** What a name can be; everything else is nobody's, and the table refuses keys above 1 KB. */
const NAME = /^\w{1,100}$/;

/** Reads named transformations without SDK and ElectroDB. */
export function namedTransformationFinder(accounts: ItemReads): FindNamed {
  return async (name) => {
    const item = NAME.test(name) ? await accounts.get(NAMED_KEY.of(name)) : undefined;
    if (!item) return undefined;
    const { id, transformation, enabled, createdAt, revision } = item;
    if (!id?.S || !transformation?.S || !createdAt?.S || !revision?.N) {
      throw new Error('A named transformation in the accounts table is damaged.');
    }
    return {
      id: id.S,
      name,
      transformation: transformation.S,
      enabled: enabled?.BOOL === true,
      createdAt: createdAt.S,
      revision: Number(revision.N),
    };
  };
}
