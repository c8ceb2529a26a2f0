// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ElectroDB's own placeholders in key templates.
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Entity } from 'electrodb';
import { once } from '../../core/kernel/once.ts';
import type { AccountPurge, AccountPurges } from '../../core/purge/account-purge.ts';
import type { PurgeTarget } from '../../core/purge/purge-target.ts';

const requiredText = { type: 'string', required: true } as const;

const MODEL = {
  model: { entity: 'account-purge', version: '1', service: 'accounts' },
  attributes: {
    requestId: requiredText,
    /** JSON of a `PurgeTarget`. */
    target: requiredText,
    createdAt: requiredText,
    /** DynamoDB's time to live. */
    expiresAt: { type: 'number', required: true },
  },
  indexes: {
    byRequest: {
      pk: { field: 'pk', composite: [], template: 'account-purges', casing: 'none' },
      sk: { field: 'sk', composite: ['requestId'], template: 'purge#${requestId}', casing: 'none' },
    },
  },
} as const;

/** Purges of all regions in the accounts table, all in one partition: there are few, and they end after a day. */
export function accountPurges(client: DynamoDBClient, table: string): AccountPurges {
  const entity = once(() => new Entity(MODEL, { client, table }));
  return {
    save: async ({ target, ...purge }) => {
      await entity()
        .put({ ...purge, target: JSON.stringify(target) })
        .go();
    },
    list: async () => {
      const { data } = await entity().query.byRequest({}).go({ consistent: true, pages: 'all' });
      return data.map(
        ({ target, ...purge }): AccountPurge => ({ ...purge, target: JSON.parse(target) as PurgeTarget }),
      );
    },
  };
}
