import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Entity, Service } from 'electrodb';
import { once } from '../../core/kernel/once.ts';
import type { NamedTransformation } from '../../core/settings/named-transformations/named-transformation.ts';
import type {
  NamedTransformationCommit,
  NamedTransformationStore,
} from '../../core/settings/named-transformations/named-transformation-store.ts';
import type { CommitWithEvent } from '../audit-table/commit-with-event.ts';
import type { DeleteItem, PutItem, TransactItem } from '../audit-table/transact-item.ts';
import { NAMED_KEY } from './accounts-keys.lean.ts';

const requiredText = { type: 'string', required: true } as const;

const MODEL = {
  model: { entity: 'named-transformation', version: '1', service: 'accounts' },
  attributes: {
    name: requiredText,
    id: requiredText,
    transformation: requiredText,
    enabled: { type: 'boolean', required: true },
    revision: { type: 'number', required: true },
    createdAt: requiredText,
  },
  indexes: {
    byName: {
      pk: { field: 'pk', composite: [], template: NAMED_KEY.partition, casing: 'none' },
      sk: { field: 'sk', composite: ['name'], template: NAMED_KEY.sortTemplate, casing: 'none' },
    },
  },
} as const;

/** Named transformations in the accounts table. Reads are consistent. */
export function namedTransformationStore(
  client: DynamoDBClient,
  table: string,
  commit: CommitWithEvent,
): NamedTransformationStore {
  const entity = once(() => namedEntity(client, table));
  return {
    list: async () => (await entity().query.byName({}).go({ consistent: true, pages: 'all' })).data,
    commit: async (change, event) => (await commit(itemsOf(entity(), change), event)).kind === 'committed',
  };
}

const namedEntity = (client: DynamoDBClient, table: string) =>
  new Service({ named: new Entity(MODEL) }, { client, table }).entities.named;

type Named = ReturnType<typeof namedEntity>;

function itemsOf(entity: Named, change: NamedTransformationCommit): readonly TransactItem[] {
  if ('create' in change) return [created(entity, change.create)];
  if ('remove' in change) return [removed(entity, change.remove)];
  const { replace, by } = change;
  if (replace.name !== by.name) return [removed(entity, replace), created(entity, by)];
  const Put = entity
    .put(by)
    .where(({ revision }, { eq }) => eq(revision, replace.revision))
    .params<PutItem>();
  return [{ Put }];
}

const created = (entity: Named, one: NamedTransformation): TransactItem => ({
  Put: entity.create(one).params<PutItem>(),
});

function removed(entity: Named, { name, revision: expected }: NamedTransformation): TransactItem {
  const Delete = entity
    .delete({ name })
    .where(({ revision }, { eq }) => eq(revision, expected))
    .params<DeleteItem>();
  return { Delete };
}
