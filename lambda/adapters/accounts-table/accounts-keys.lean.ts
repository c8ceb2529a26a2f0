import { ENDPOINTS_PARTITION } from '../../contract/edge.ts';
import type { MatcherType } from '../../core/protection/rules/rule.ts';

/*
 * Keys of records in the accounts table that the transformer reads without ElectroDB: the template that ElectroDB fills
 * and the function that fills it by hand stand side by side; a test holds them together.
 */

/** URL endpoints: all in one partition, because there are few and they are listed together. */
export const ENDPOINT_KEY = {
  partition: ENDPOINTS_PARTITION,
  // biome-ignore lint/suspicious/noTemplateCurlyInString: ElectroDB's own placeholder.
  sortTemplate: 'endpoint#${id}',
  of: (id: string): { readonly pk: string; readonly sk: string } => ({ pk: ENDPOINTS_PARTITION, sk: `endpoint#${id}` }),
} as const;

/** Named transformations: by name, which makes names unique, and all in one partition like endpoints. */
export const NAMED_KEY = {
  partition: 'named-transformations',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: ElectroDB's own placeholder.
  sortTemplate: 'name#${name}',
  of: (name: string): { readonly pk: string; readonly sk: string } => ({
    pk: 'named-transformations',
    sk: `name#${name}`,
  }),
} as const;

/** Access rules: one partition for each type, because the transformer asks for one type alone. */
export const RULE_KEY = {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: ElectroDB's own placeholder.
  partitionTemplate: 'access-rules#${type}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: ElectroDB's own placeholder.
  sortTemplate: 'rule#${id}',
  partitionOf: (type: MatcherType): string => `access-rules#${type}`,
} as const;

/** Origins: all in one partition. */
export const ORIGIN_KEY = {
  partition: 'origins',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: ElectroDB's own placeholder.
  sortTemplate: 'origin#${id}',
  of: (id: string): { readonly pk: string; readonly sk: string } => ({ pk: 'origins', sk: `origin#${id}` }),
} as const;
