import { offerOf } from '../../service/offer.ts';
import type { Service } from '../../service/service.ts';
import { SECRET_RESOURCE_TYPES } from './properties.ts';
import { type SecretProperties, SecretStore } from './secret-store.ts';
import { secretsManager } from './secrets-manager.ts';

export const SECRETS = offerOf<SecretStore>('secrets');

export const secrets: Service = {
  name: 'secrets-manager',
  resourceTypes: SECRET_RESOURCE_TYPES,
  keptFile: 'secrets.json',
  sdkEndpoints: ['SECRETS_MANAGER'],
  start: async (cloud) => {
    const now = () => new Date();
    const store = await cloud.using('secrets.json', async (file) => {
      const opened = await SecretStore.open(file);
      for (const { ref, properties } of cloud.resources('AWS::SecretsManager::Secret')) {
        await opened.ensure(ref, properties as SecretProperties, now());
        const { ReplicaRegions = [] } = properties as {
          readonly ReplicaRegions?: readonly { readonly Region: string }[];
        };
        for (const { Region } of ReplicaRegions) opened.replicate(ref, Region);
      }
      return opened;
    });
    cloud.offer(SECRETS, store);
    cloud.apis.add(secretsManager(store, now));
  },
};
