/** The key of an origin in the accounts table, as ElectroDB fills it and as the transformer fills it without ElectroDB. */
export const ORIGIN_KEY = {
  partition: 'origins',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: ElectroDB's own placeholder.
  sortTemplate: 'origin#${id}',
  of: (id: string): { readonly pk: string; readonly sk: string } => ({ pk: 'origins', sk: `origin#${id}` }),
} as const;
