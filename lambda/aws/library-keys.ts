/**
 * The key of a path's record in the library table. The transformer reads it without ElectroDB, so the template that
 * ElectroDB fills and the function that fills it by hand stand side by side; a test holds them together.
 */
export const PATH_KEY = {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: ElectroDB's own placeholder.
  partitionTemplate: 'path#${path}',
  sortTemplate: 'path',
  of: (path: string): { readonly pk: string; readonly sk: string } => ({ pk: `path#${path}`, sk: 'path' }),
} as const;
