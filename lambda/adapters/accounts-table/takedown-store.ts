import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Service } from 'electrodb';
import type { TakedownStore } from '../../core/protection/takedown/takedown.ts';
import { takedownEntity } from './takedown-entity.ts';

const CONSISTENT = { consistent: true } as const;

/** The takedowns in the accounts table. */
export function takedownStore(client: DynamoDBClient, table: string): TakedownStore {
  const { takedown } = new Service({ takedown: takedownEntity }, { client, table }).entities;
  return {
    find: async (assetId) => (await takedown.get({ assetId }).go(CONSISTENT)).data ?? undefined,
    list: async () => (await takedown.query.all({}).go({ ...CONSISTENT, pages: 'all' })).data,
    put: async ({ reference, until, ...others }) => {
      const given = { ...(reference !== undefined && { reference }), ...(until !== undefined && { until }) };
      await takedown.put({ ...others, ...given }).go();
    },
    remove: async (assetId) => (await takedown.delete({ assetId }).go({ response: 'all_old' })).data !== null,
  };
}
