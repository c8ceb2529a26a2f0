import type { VariantDependencies } from '../../core/delivery/variant-store.ts';
import { dynamoItems } from '../signed-http/dynamo-items.lean.ts';
import type { Environment } from '../signed-http/service-endpoint.lean.ts';
import { DEPENDENT_KEY } from './library-keys.lean.ts';

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
