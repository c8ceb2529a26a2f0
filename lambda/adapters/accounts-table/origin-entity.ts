// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ElectroDB's own placeholders in key templates.
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Entity } from 'electrodb';
import { once } from '../../core/kernel/once.ts';
import type { Origin, StoredOrigin } from '../../core/settings/origins/origin.ts';
import type { OriginChange, OriginStore } from '../../core/settings/origins/origin-store.ts';
import type { CommitWithEvent } from '../audit-table/commit-with-event.ts';
import type { DeleteItem, PutItem, TransactItem } from '../audit-table/transact-item.ts';
import { ORIGIN_KEY } from './accounts-keys.lean.ts';

const requiredText = { type: 'string', required: true } as const;

const MODEL = {
  model: { entity: 'origin', version: '1', service: 'accounts' },
  attributes: {
    id: requiredText,
    /** JSON of an `Origin`. */
    settings: requiredText,
    sealed: { type: 'string' },
    revision: { type: 'number', required: true },
    createdAt: requiredText,
    updatedAt: requiredText,
  },
  indexes: {
    byId: {
      pk: { field: 'pk', composite: [], template: ORIGIN_KEY.partition, casing: 'none' },
      sk: { field: 'sk', composite: ['id'], template: ORIGIN_KEY.sortTemplate, casing: 'none' },
    },
  },
} as const;

type Row = {
  readonly settings: string;
  readonly sealed?: string | undefined;
  readonly revision: number;
  readonly createdAt: string;
  readonly updatedAt: string;
};

/** Origins in the accounts table, all in one partition: there are few, and they are listed together. */
export function originStore(client: DynamoDBClient, table: string, commit: CommitWithEvent): OriginStore {
  const entity = once(() => originEntity(client, table));
  return {
    list: async () => {
      const { data } = await entity().query.byId({}).go({ consistent: true, pages: 'all' });
      return data.map(toStored).sort((a, b) => (a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : 0));
    },
    find: async (id) => {
      const { data } = await entity().get({ id }).go({ consistent: true });
      return data ? toStored(data) : undefined;
    },
    commit: async (change, event) => {
      const isMade = (await commit([itemOf(entity(), change)], event)).kind === 'committed';
      if (!isMade && 'create' in change) throw new Error('A new origin has the id of another one.');
      return isMade;
    },
  };
}

const originEntity = (client: DynamoDBClient, table: string) => new Entity(MODEL, { client, table });

function itemOf(entity: ReturnType<typeof originEntity>, change: OriginChange): TransactItem {
  if ('create' in change) return { Put: entity.create(toRow(change.create)).params<PutItem>() };
  if ('remove' in change) {
    const Delete = entity
      .delete({ id: change.remove })
      .where(({ revision }, { eq }) => eq(revision, change.expected))
      .params<DeleteItem>();
    return { Delete };
  }
  const Put = entity
    .put(toRow(change.replace))
    .where(({ revision }, { eq }) => eq(revision, change.expected))
    .params<PutItem>();
  return { Put };
}

function toRow({ origin, sealed, revision, createdAt, updatedAt }: StoredOrigin) {
  const settings = JSON.stringify(origin);
  return { id: origin.id, settings, revision, createdAt, updatedAt, ...(sealed !== undefined && { sealed }) };
}

function toStored({ settings, sealed, revision, createdAt, updatedAt }: Row): StoredOrigin {
  const origin = JSON.parse(settings) as Origin;
  return { origin, revision, createdAt, updatedAt, ...(sealed !== undefined && { sealed }) };
}
