import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { RecordEvent } from '../../core/audit/event-maker.ts';
import type { PurgeJob, PurgeJobs } from '../../core/purge/purge-job.ts';
import type { PurgeTarget } from '../../core/purge/purge-target.ts';
import { libraryEntities } from './library-entities.ts';

/** Purge requests in the library table, all in one partition: there are few of them, and they end after a month. */
export function purgeJobs(client: DynamoDBClient, table: string, record: RecordEvent): PurgeJobs {
  const { purgeJob } = libraryEntities(client, table).entities;
  const save = async ({ target, invalidationIds, ...job }: PurgeJob) => {
    await purgeJob
      .put({ ...job, all: 'all', target: JSON.stringify(target), invalidationIds: [...invalidationIds] })
      .go();
  };
  return {
    begin: async (job, event) => {
      await save(job);
      record(event);
    },
    save,
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
