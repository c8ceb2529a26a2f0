// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ElectroDB's own placeholders in key templates.
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Entity } from 'electrodb';
import type { PurgeJob, PurgeJobs } from '../../core/purge/purge-job.ts';
import type { PurgeTarget } from '../../core/purge/purge-target.ts';
import type { CommitWithEvent } from '../audit-table/commit-with-event.ts';
import type { PutItem } from '../audit-table/transact-item.ts';

/** A purge that was asked for. */
const purgeJobModel = {
  model: { entity: 'purge-job', version: '1', service: 'library' },
  attributes: {
    /** Always `all`: ElectroDB wants a composite for every partition. */
    all: { type: 'string', required: true },
    requestId: { type: 'string', required: true },
    target: { type: 'string', required: true },
    state: { type: ['pending', 'removed'] as const, required: true },
    invalidationIds: { type: 'list', items: { type: 'string' }, required: true },
    createdAt: { type: 'string', required: true },
    expiresAt: { type: 'number', required: true },
  },
  indexes: {
    byRequest: {
      pk: { field: 'pk', composite: ['all'], template: 'purge-jobs#${all}', casing: 'none' },
      sk: { field: 'sk', composite: ['requestId'], template: 'job#${requestId}', casing: 'none' },
    },
  },
} as const;

const purgeJobEntity = (client: DynamoDBClient, table: string) => new Entity(purgeJobModel, { client, table });

/** Purge requests in the library table, all in one partition: there are few of them, and they end after a month. */
export function purgeJobs(client: DynamoDBClient, table: string, commit: CommitWithEvent): PurgeJobs {
  const purgeJob = purgeJobEntity(client, table);
  const put = ({ target, invalidationIds, ...job }: PurgeJob) =>
    purgeJob.put({ ...job, all: 'all', target: JSON.stringify(target), invalidationIds: [...invalidationIds] });
  return {
    begin: async (job, event) => void (await commit([{ Put: put(job).params<PutItem>() }], event)),
    save: async (job) => void (await put(job).go()),
    find: async (requestId) => {
      const { data } = await purgeJob.get({ all: 'all', requestId }).go({ consistent: true });
      return data ? toJob(data) : undefined;
    },
    pending: async () => {
      const { data } = await purgeJob.query
        .byRequest({ all: 'all' })
        .where(({ state }, { eq }) => eq(state, 'pending'))
        .go({ pages: 'all' });
      return data.map(toJob);
    },
  };
}

function toJob(item: Omit<PurgeJob, 'target'> & { readonly target: string }): PurgeJob {
  const { requestId, state, invalidationIds, createdAt, expiresAt } = item;
  return { requestId, state, invalidationIds, createdAt, expiresAt, target: JSON.parse(item.target) as PurgeTarget };
}
