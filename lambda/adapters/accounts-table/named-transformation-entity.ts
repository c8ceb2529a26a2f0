import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Entity, Service } from 'electrodb';
import type { RecordEvent } from '../../core/audit/event-maker.ts';
import { once } from '../../core/kernel/once.ts';
import type { NamedTransformation } from '../../core/settings/named-transformations/named-transformation.ts';
import type {
  NamedTransformationCommit,
  NamedTransformationStore,
} from '../../core/settings/named-transformations/named-transformation-store.ts';
import { NAMED_KEY } from './accounts-keys.lean.ts';
import { hasSucceeded } from './has-succeeded.ts';

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
  record: RecordEvent,
): NamedTransformationStore {
  const service = once(() => new Service({ named: new Entity(MODEL) }, { client, table }));
  const overwrite = ({ revision }: NamedTransformation, next: NamedTransformation) =>
    service()
      .transaction.write((entities) => [
        entities.named
          .put(next)
          .where((attribute, { eq }) => eq(attribute.revision, revision))
          .commit(),
      ])
      .go();
  const rename = ({ name, revision }: NamedTransformation, next: NamedTransformation) =>
    service()
      .transaction.write((entities) => [
        entities.named
          .delete({ name })
          .where((attribute, { eq }) => eq(attribute.revision, revision))
          .commit(),
        entities.named.create(next).commit(),
      ])
      .go();
  const create = (one: NamedTransformation) =>
    service()
      .transaction.write((entities) => [entities.named.create(one).commit()])
      .go();
  const remove = ({ name, revision }: NamedTransformation) =>
    service()
      .transaction.write((entities) => [
        entities.named
          .delete({ name })
          .where((attribute, { eq }) => eq(attribute.revision, revision))
          .commit(),
      ])
      .go();
  const write = async (change: NamedTransformationCommit): Promise<boolean> => {
    if ('create' in change) return hasSucceeded(await create(change.create));
    if ('remove' in change) return hasSucceeded(await remove(change.remove));
    const { replace, by } = change;
    return hasSucceeded(replace.name === by.name ? await overwrite(replace, by) : await rename(replace, by));
  };
  return {
    list: async () => (await service().entities.named.query.byName({}).go({ consistent: true, pages: 'all' })).data,
    commit: async (change, event) => {
      const isMade = await write(change);
      if (isMade) record(event);
      return isMade;
    },
  };
}
