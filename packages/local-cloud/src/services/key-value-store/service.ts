import { readFileSync } from 'node:fs';
import type { AssemblyPlan, PlannedResource } from '../../assembly/plan-assembly.ts';
import { offerOf } from '../../service/offer.ts';
import type { Service } from '../../service/service.ts';
import { StartFault } from '../../start-fault.ts';
import { keyValueApi } from './key-value-api.ts';
import { KeyValueStores } from './key-value-stores.ts';
import { KEY_VALUE_STORE_RESOURCE_TYPES } from './properties.ts';

/** The KeyValueStores of the templates, with what was changed in them since. */
export const KEY_VALUE_STORES = offerOf<KeyValueStores>('KeyValueStores');

export const keyValueStore: Service = {
  name: 'key-value-store',
  resourceTypes: KEY_VALUE_STORE_RESOURCE_TYPES,
  keptFile: 'key-value-stores.json',
  start: async (cloud) => {
    const stores = await cloud.using('key-value-stores.json', async (file) => {
      const opened = await KeyValueStores.open(file);
      for (const store of cloud.resources('AWS::CloudFront::KeyValueStore')) {
        await opened.declare(store.attributes.Arn ?? '', initialContent(cloud.plan, store));
      }
      return opened;
    });
    cloud.offer(KEY_VALUE_STORES, stores);
    cloud.apis.add(keyValueApi(stores));
    // The SDK puts the account before the host, and localhost has names under it.
    const endpoint = cloud.apis.endpoint.replace('//127.0.0.1:', '//localhost:');
    cloud.sdkEndpoints.set('CLOUDFRONT_KEYVALUESTORE', endpoint);
  },
};

/** The file asset that CloudFormation would import ("Create a key value store and add key-value pairs"). */
function initialContent(plan: AssemblyPlan, { logicalId, properties }: PlannedResource): Map<string, string> {
  const { SourceArn: source } = (properties.ImportSource ?? {}) as { readonly SourceArn?: string };
  if (source === undefined) return new Map();
  const file = plan.fileAssets.get(/\/([0-9a-f]{64})\.json$/.exec(source)?.[1] ?? '');
  if (file === undefined) throw new StartFault(`${logicalId} imports ${source}, which is not in the cloud assembly.`);
  const { data } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly data: readonly { readonly key: string; readonly value: string }[];
  };
  return new Map(data.map(({ key, value }) => [key, value]));
}
