import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Entity, Service } from 'electrodb';
import type { NamedTransformation } from '../../core/settings/named-transformations/named-transformation.ts';
import type { NamedTransformationStore } from '../../core/settings/named-transformations/named-transformation-store.ts';
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
export function namedTransformationStore(client: DynamoDBClient, table: string): NamedTransformationStore {
  const service = new Service({ named: new Entity(MODEL) }, { client, table });
  const { named } = service.entities;
  const overwrite = ({ revision }: NamedTransformation, next: NamedTransformation) =>
    service.transaction
      .write((entities) => [
        entities.named
          .put(next)
          .where((attribute, { eq }) => eq(attribute.revision, revision))
          .commit(),
      ])
      .go();
  const rename = ({ name, revision }: NamedTransformation, next: NamedTransformation) =>
    service.transaction
      .write((entities) => [
        entities.named
          .delete({ name })
          .where((attribute, { eq }) => eq(attribute.revision, revision))
          .commit(),
        entities.named.create(next).commit(),
      ])
      .go();
  return {
    list: async () => (await named.query.byName({}).go({ consistent: true, pages: 'all' })).data,
    create: async (one: NamedTransformation) =>
      hasSucceeded(await service.transaction.write((entities) => [entities.named.create(one).commit()]).go()),
    replace: async (current, next) =>
      hasSucceeded(current.name === next.name ? await overwrite(current, next) : await rename(current, next)),
    remove: async (name) => {
      await named.delete({ name }).go();
    },
  };
}
