import type { ResourceType } from './resource-type.ts';

/** Everything that a cloud knows, by resource type. A type that is not in it stops the start. */
export type Catalogue = ReadonlyMap<string, ResourceType>;

/** Joins what services declare. @throws when two of them declare one type */
export function catalogueOf(types: readonly ResourceType[]): Catalogue {
  const catalogue = new Map<string, ResourceType>();
  for (const one of types) {
    if (catalogue.has(one.type)) throw new Error(`The resource type ${one.type} is declared twice.`);
    catalogue.set(one.type, one);
  }
  return catalogue;
}
