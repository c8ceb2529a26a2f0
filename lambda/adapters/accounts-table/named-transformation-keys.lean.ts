/**
 * Keys of named transformations in the accounts table: by name, which makes names unique, all in one partition, because
 * there are few and they are listed together. The transformer reads them without ElectroDB.
 */
export const NAMED_KEY = {
  partition: 'named-transformations',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: ElectroDB's own placeholder.
  sortTemplate: 'name#${name}',
  of: (name: string): { readonly pk: string; readonly sk: string } => ({
    pk: 'named-transformations',
    sk: `name#${name}`,
  }),
} as const;
