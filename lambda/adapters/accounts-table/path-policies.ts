import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { PathPolicy } from '../../core/library/path-policies/path-policy.ts';
import type { PathPolicyStore } from '../../core/library/path-policies/path-policy-store.ts';
import type { CommitWithEvent } from '../audit-table/commit-with-event.ts';
import { savedRecords } from './saved-records.ts';

const PLACE = { partition: 'path-policies', kind: 'policy' };

/** Path policies in the accounts table. */
export function pathPolicies(client: DynamoDBClient, table: string, commit: CommitWithEvent): PathPolicyStore {
  const stored = savedRecords<PathPolicy>(client, table, commit, PLACE);
  return {
    read: async () => {
      const { version, records } = await stored.read();
      return { version, policies: records };
    },
    commit: stored.commit,
  };
}
