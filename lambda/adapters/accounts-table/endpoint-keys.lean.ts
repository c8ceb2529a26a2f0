/**
 * Keys of URL endpoints in the accounts table, all in one partition: there are few, and they are listed together. The
 * transformer reads them without ElectroDB.
 */
export const ENDPOINT_KEY = {
  partition: 'endpoints',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: ElectroDB's own placeholder.
  sortTemplate: 'endpoint#${id}',
  of: (id: string): { readonly pk: string; readonly sk: string } => ({ pk: 'endpoints', sk: `endpoint#${id}` }),
} as const;
