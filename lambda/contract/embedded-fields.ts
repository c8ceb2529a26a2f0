/** Details of a new file by what they are taken from: `{"tags": "keywords", "customMetadata.alt_de": "altText-de"}`. */
export type EmbeddedFields = Readonly<Record<string, string>>;

/** What files say of themselves. Those of the first list may be asked for in a language, such as `altText-de`. */
export const EMBEDDED_TEXTS = ['title', 'caption', 'copyright', 'altText'] as const;
export const EMBEDDED_SOURCES = [...EMBEDDED_TEXTS, 'keywords', 'creator'] as const;

/** What may be filled. */
const TARGET = /^(tags|description|customMetadata\.[A-Za-z0-9_.-]{1,100})$/;

const SOURCE = new RegExp(
  `^(keywords|creator|(${EMBEDDED_TEXTS.join('|')})(-[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3})?)$`,
);

/** They go into one environment variable. */
const MOST = 20;

export const isEmbeddedFields = (value: unknown): value is EmbeddedFields =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.keys(value).length <= MOST &&
  Object.entries(value).every(([target, source]) => TARGET.test(target) && SOURCE.test(String(source)));

/** For messages of the configuration. */
export const EMBEDDED_FIELDS_RULE = `an object of at most ${MOST} members such as {"description": "caption", "tags": "keywords", "customMetadata.alt_de": "altText-de"}; sources are ${EMBEDDED_SOURCES.join(', ')}, those of ${EMBEDDED_TEXTS.join(', ')} also with a language`;
