// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ElectroDB's own placeholders in key templates.
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Entity, Service } from 'electrodb';
import type { RecordEvent } from '../../core/audit/event-maker.ts';
import { once } from '../../core/kernel/once.ts';
import type { Endpoint } from '../../core/settings/endpoints/endpoint.ts';
import type { EndpointStore } from '../../core/settings/endpoints/endpoint-store.ts';
import { ENDPOINT_KEY } from './accounts-keys.lean.ts';
import { hasSucceeded } from './has-succeeded.ts';

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

type Entities = ReturnType<typeof endpointService>;

function endpointService(client: DynamoDBClient, table: string) {
  return new Service({ endpoint: new Entity(ENDPOINT), state: new Entity(VERSION) }, { client, table });
}

/** URL endpoints in the accounts table. */
export function endpointStore(client: DynamoDBClient, table: string, record: RecordEvent): EndpointStore {
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
      const isMade = await write(service(), version, ({ endpoint: entity }) =>
        'put' in change ? entity.put(toItem(change.put)).commit() : entity.delete({ id: change.remove }).commit(),
      );
      if (isMade) record(event);
      return isMade;
    },
  };
}

function toItem(endpoint: Endpoint) {
  return { id: endpoint.id, origins: [...endpoint.origins], settings: JSON.stringify(endpoint) };
}

type Write = Parameters<Entities['transaction']['write']>[0];

async function write(
  service: Entities,
  version: number,
  change: (entities: Parameters<Write>[0]) => ReturnType<Write>[number],
): Promise<boolean> {
  const written = await service.transaction
    .write((entities) => [
      entities.state
        .put({ ...ONLY, version: version + 1 })
        .where((attribute, { eq, notExists }) =>
          version === 0 ? notExists(attribute.version) : eq(attribute.version, version),
        )
        .commit(),
      change(entities),
    ])
    .go();
  return hasSucceeded(written);
}
