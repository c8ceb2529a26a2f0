import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { PurgeJob, PurgeJobs } from '../../core/purge/purge-job.ts';
import type { PurgeTarget } from '../../core/purge/purge-target.ts';
import { libraryEntities } from './library-entities.ts';

/** Purge requests in the library table, all in one partition: there are few of them, and they end after a month. */
export function purgeJobs(client: DynamoDBClient, table: string): PurgeJobs {
  const { purgeJob } = libraryEntities(client, table).entities;
  return {
    save: async ({ target, invalidationIds, ...job }) => {
      await purgeJob
        .put({ ...job, all: 'all', target: JSON.stringify(target), invalidationIds: [...invalidationIds] })
        .go();
    },
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

function toJob(record: Omit<PurgeJob, 'target'> & { readonly target: string }): PurgeJob {
  const { requestId, state, invalidationIds, createdAt, expiresAt } = record;
  return { requestId, state, invalidationIds, createdAt, expiresAt, target: JSON.parse(record.target) as PurgeTarget };
}
