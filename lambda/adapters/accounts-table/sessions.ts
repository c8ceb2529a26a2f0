import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { GetCommand, paginateQuery, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Session, SessionStore, StoredSession } from '../../core/accounts/sessions/session.ts';
import { sessionEnd } from '../../core/accounts/sessions/session.ts';
import type { CommitWithEvent } from '../audit-table/commit-with-event.ts';
import { signInItem } from './sign-ins.ts';

/**
 * Sessions in the accounts table: one item by which a call finds its session with a single consistent read, one by which a
 * person's are listed. The table forgets both when the session has ended anyway.
 */
export function sessions(client: DynamoDBDocumentClient, table: string, commit: CommitWithEvent): SessionStore {
  const find = async (digest: string): Promise<Session | undefined> => {
    const Key = byDigest(digest);
    const { Item } = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
    return Item && toSession(Item);
  };
  return {
    find,
    list: async (personId) => {
      const digests: string[] = [];
      const query = {
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': partitionOf(personId) },
      };
      for await (const { Items = [] } of paginateQuery({ client }, query)) {
        digests.push(...Items.map((item) => String(item.digest)));
      }
      const found = await Promise.all(digests.map(async (digest) => ({ digest, session: await find(digest) })));
      return found.flatMap(({ digest, session }) => (session ? [{ digest, session }] : []));
    },
    touch: async (digest, at) => {
      const update = {
        TableName: table,
        Key: byDigest(digest),
        UpdateExpression: 'SET lastSeenAt = :at',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: { ':at': at },
      };
      try {
        await client.send(new UpdateCommand(update));
      } catch (error) {
        // It was ended at this moment, and must not come back.
        if (!(error instanceof Error && error.name === 'ConditionalCheckFailedException')) throw error;
      }
    },
    start: async (stored, event, entry) => {
      const items = [...itemsOf(stored), signInItem(entry)].map((Item) => ({
        Put: { TableName: table, Item, ConditionExpression: 'attribute_not_exists(pk)' },
      }));
      return (await commit(items, event)).kind === 'committed';
    },
    end: async (stored, event, entry) => {
      const gone = itemsOf(stored).map(({ pk, sk }) => ({ Delete: { TableName: table, Key: { pk, sk } } }));
      const noted = entry ? [{ Put: { TableName: table, Item: signInItem(entry) } }] : [];
      return (await commit([...gone, ...noted], event)).kind === 'committed';
    },
  };
}

const byDigest = (digest: string) => ({ pk: `session#${digest}`, sk: 'session' });

const partitionOf = (personId: string): string => `person-sessions#${personId}`;

function itemsOf({ session, digest }: StoredSession) {
  const expiresAt = Math.ceil(sessionEnd(session) / 1000);
  return [
    { ...byDigest(digest), ...session, expiresAt },
    { pk: partitionOf(session.personId), sk: `session#${session.id}`, digest, expiresAt },
  ];
}

function toSession(item: Readonly<Record<string, unknown>>): Session {
  return {
    id: String(item.id),
    personId: String(item.personId),
    createdAt: String(item.createdAt),
    authenticatedAt: String(item.authenticatedAt),
    lastSeenAt: String(item.lastSeenAt),
    ...(item.lacksSecondFactor === true && { lacksSecondFactor: true }),
    ...(item.directory !== undefined && { directory: String(item.directory) }),
  };
}
