import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Service } from 'electrodb';
import { once } from '../../core/kernel/once.ts';
import type { TakedownRecord, TakedownStore } from '../../core/protection/takedown/takedown.ts';
import type { CommitWithEvent } from '../audit-table/commit-with-event.ts';
import type { DeleteItem, PutItem } from '../audit-table/transact-item.ts';
import { takedownEntity } from './takedown-entity.ts';

const CONSISTENT = { consistent: true } as const;

/** The takedowns in the accounts table. */
export function takedownStore(client: DynamoDBClient, table: string, commit: CommitWithEvent): TakedownStore {
  const takedown = once(() => new Service({ takedown: takedownEntity() }, { client, table }).entities.takedown);
  const put = ({ reference, until, ...others }: TakedownRecord) => {
    const given = { ...(reference !== undefined && { reference }), ...(until !== undefined && { until }) };
    return {
      Put: takedown()
        .put({ ...others, ...given })
        .params<PutItem>(),
    };
  };
  const remove = (assetId: string) => ({ Delete: takedown().delete({ assetId }).params<DeleteItem>() });
  return {
    find: async (assetId) => (await takedown().get({ assetId }).go(CONSISTENT)).data ?? undefined,
    list: async () =>
      (
        await takedown()
          .query.all({})
          .go({ ...CONSISTENT, pages: 'all' })
      ).data,
    commit: async (change, event) => {
      await commit(['put' in change ? put(change.put) : remove(change.remove)], event);
    },
  };
}
