/**
 * Members of objects that an edge function makes and reads itself. The bundler gives them one letter. A member that is
 * not listed keeps its name, so what CloudFront, JSON or a library names must not be here; a test compares.
 */
export const INTERNAL_NAMES = [
  'access',
  'askedFormat',
  'assetPath',
  'dpr',
  'endpoint',
  'extraQuery',
  'fixedFormat',
  'foreign',
  'host',
  'id',
  'key',
  'original',
  'path',
  'prefix',
  'query',
  'reason',
  'refusal',
  'saveData',
  'saves',
  'settings',
  'steps',
  'url',
  'varies',
  'verdict',
  'width',
] as const;

/** As esbuild's `mangleProps` takes it. */
export const INTERNAL_NAMES_PATTERN = new RegExp(`^(${INTERNAL_NAMES.join('|')})$`);
