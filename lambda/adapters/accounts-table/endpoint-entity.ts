// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ElectroDB's own placeholders in key templates.
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Entity, Service } from 'electrodb';
import { once } from '../../core/kernel/once.ts';
import type { Endpoint } from '../../core/settings/endpoints/endpoint.ts';
import type { EndpointChange, EndpointStore } from '../../core/settings/endpoints/endpoint-store.ts';
import type { CommitWithEvent } from '../audit-table/commit-with-event.ts';
import type { DeleteItem, PutItem, TransactItem } from '../audit-table/transact-item.ts';
import { ENDPOINT_KEY } from './accounts-keys.lean.ts';

const requiredText = { type: 'string', required: true } as const;
const CONSISTENT = { consistent: true } as const;

const ENDPOINT = {
  model: { entity: 'endpoint', version: '1', service: 'accounts' },
  attributes: {
    id: requiredText,
    origins: { type: 'list', items: { type: 'string' }, required: true },
    /** JSON of an `Endpoint`. */
    settings: requiredText,
  },
  indexes: {
    byId: {
      pk: { field: 'pk', composite: [], template: ENDPOINT_KEY.partition, casing: 'none' },
      sk: { field: 'sk', composite: ['id'], template: ENDPOINT_KEY.sortTemplate, casing: 'none' },
    },
  },
} as const;

/** One item that every change of an endpoint changes too, so that two at once cannot both succeed. */
const VERSION = {
  model: { entity: 'endpoints-version', version: '1', service: 'accounts' },
  attributes: { key: requiredText, version: { type: 'number', required: true } },
  indexes: {
    only: {
      pk: { field: 'pk', composite: [], template: 'endpoints-version', casing: 'none' },
      sk: { field: 'sk', composite: ['key'], template: '${key}', casing: 'none' },
    },
  },
} as const;

const ONLY = { key: 'endpoints' } as const;

type Entities = ReturnType<typeof endpointService>['entities'];

function endpointService(client: DynamoDBClient, table: string) {
  return new Service({ endpoint: new Entity(ENDPOINT), state: new Entity(VERSION) }, { client, table });
}

/** URL endpoints in the accounts table. */
export function endpointStore(client: DynamoDBClient, table: string, commit: CommitWithEvent): EndpointStore {
  const service = once(() => endpointService(client, table));
  return {
    // The version first: what is read after it is at least as new.
    read: async () => {
      const { endpoint, state } = service().entities;
      const version = (await state.get(ONLY).go(CONSISTENT)).data?.version ?? 0;
      const { data } = await endpoint.query.byId({}).go({ ...CONSISTENT, pages: 'all' });
      return { version, endpoints: data.map(({ settings }) => JSON.parse(settings) as Endpoint) };
    },
    commit: async (change, version, event) => {
      const { endpoint, state } = service().entities;
      return (await commit([nextVersion(state, version), itemOf(endpoint, change)], event)).kind === 'committed';
    },
  };
}

function toItem(endpoint: Endpoint) {
  return { id: endpoint.id, origins: [...endpoint.origins], settings: JSON.stringify(endpoint) };
}

function itemOf(endpoint: Entities['endpoint'], change: EndpointChange): TransactItem {
  if ('put' in change) return { Put: endpoint.put(toItem(change.put)).params<PutItem>() };
  return { Delete: endpoint.delete({ id: change.remove }).params<DeleteItem>() };
}

function nextVersion(state: Entities['state'], version: number): TransactItem {
  const Put = state
    .put({ ...ONLY, version: version + 1 })
    .where((attribute, { eq, notExists }) =>
      version === 0 ? notExists(attribute.version) : eq(attribute.version, version),
    )
    .params<PutItem>();
  return { Put };
}
