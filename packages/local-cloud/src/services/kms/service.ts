import type { Service } from '../../service/service.ts';
import { keyManagement } from './key-management.ts';
import { type KeySpec, KeyStore } from './key-store.ts';
import { KMS_RESOURCE_TYPES } from './properties.ts';

export const kms: Service = {
  name: 'kms',
  resourceTypes: KMS_RESOURCE_TYPES,
  keptFile: 'keys.json',
  sdkEndpoints: ['KMS'],
  start: async (cloud) => {
    const keys = await cloud.using('keys.json', async (file) => {
      const store = await KeyStore.open(file);
      for (const { attributes, properties } of cloud.resources('AWS::KMS::Key'))
        await store.ensure(attributes.Arn ?? '', properties.KeySpec as KeySpec | undefined);
      return store;
    });
    for (const { properties } of cloud.resources('AWS::KMS::Alias')) {
      keys.alias(String(properties.AliasName), String(properties.TargetKeyId));
    }
    cloud.apis.add(keyManagement(keys));
  },
};
