import type { VariantDependencies } from '../core/delivery/ports.ts';
import { dynamoItems } from './dynamo-items.ts';
import { DEPENDENT_KEY } from './library-keys.ts';
import type { Environment } from './service-endpoint.ts';

/** Records in the library table, one item for each variant and dependency. */
export function variantDependencies(environment: Environment, table: string): VariantDependencies {
  const items = dynamoItems(environment, table);
  return {
    record: async (variantKey, dependencies) => {
      const keys = dependencies.map((dependency) => DEPENDENT_KEY.of(dependency, variantKey));
      await Promise.all(keys.map(({ pk, sk }) => items.put({ pk: { S: pk }, sk: { S: sk } })));
    },
  };
}
