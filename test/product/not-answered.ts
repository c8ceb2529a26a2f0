/** Documented members of answers that no call here brings forth, and why. Every other member is seen in some answer. */
export const NOT_ANSWERED: readonly (readonly [place: RegExp, why: string])[] = [
  [/[ .]AITags\[\]\./, 'No model tags files here, so AITags is null.'],
  [/[ .](audioCodec|videoCodec|bitRate|duration)$/, 'Videos are kept as they are, and not examined.'],
  [/^files\.upload message$/, 'No upload is queued: it is stored when it is answered.'],
  [
    /^beta\.v2\.files\.upload (message|description|metadata|embeddedMetadata|customMetadata|selectedFieldsSchema|extensionStatus.*)$/,
    'As version 1, where they are seen.',
  ],
  [/^files\.bulk\.\w+ errors/, 'Of 207: a call changes all of its files or none, which is 404.'],
  [/^files\.rename (help|message|reason)$/, 'Of 207: a purge has no quota here.'],
  [/^folders\.job\.get (help|message)$/, 'Of 207: a purge has no quota here.'],
  [/^accounts\.origins\.\w+ (?!id$|type$|name$)/, 'Each type of origin has its own: test/api/origins.test.ts.'],
  [/^accounts\.usageAnalytics\.get \w+(\.by\w+)?\[\]\./, 'Only the access log tells it: docs/usage.md.'],
];
