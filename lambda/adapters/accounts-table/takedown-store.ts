import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Service } from 'electrodb';
import type { RecordEvent } from '../../core/audit/event-maker.ts';
import { once } from '../../core/kernel/once.ts';
import type { TakedownRecord, TakedownStore } from '../../core/protection/takedown/takedown.ts';
import { takedownEntity } from './takedown-entity.ts';

const CONSISTENT = { consistent: true } as const;

/** The takedowns in the accounts table. */
export function takedownStore(client: DynamoDBClient, table: string, record: RecordEvent): TakedownStore {
  const takedown = once(() => new Service({ takedown: takedownEntity() }, { client, table }).entities.takedown);
  const put = async ({ reference, until, ...others }: TakedownRecord) => {
    const given = { ...(reference !== undefined && { reference }), ...(until !== undefined && { until }) };
    await takedown()
      .put({ ...others, ...given })
      .go();
  };
  return {
    find: async (assetId) => (await takedown().get({ assetId }).go(CONSISTENT)).data ?? undefined,
    list: async () =>
      (
        await takedown()
          .query.all({})
          .go({ ...CONSISTENT, pages: 'all' })
      ).data,
    commit: async (change, event) => {
      if ('put' in change) await put(change.put);
      else await takedown().delete({ assetId: change.remove }).go();
      record(event);
    },
  };
}
