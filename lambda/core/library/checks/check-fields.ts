/** What kind of value a field of `checks` has, which decides how it may be compared. */
export type FieldKind = 'text' | 'folder' | 'flag' | 'list' | 'bytes' | 'number' | 'moment';

export const CHECK_OPERATORS = ['=', 'NOT =', ':', 'IN', 'NOT IN', 'HAS', 'NOT HAS', '<', '<=', '>', '>='] as const;
export type CheckOperator = (typeof CHECK_OPERATORS)[number];

const ORDER: readonly CheckOperator[] = ['<', '<=', '>', '>='];
const TEXT: readonly CheckOperator[] = ['=', 'NOT =', ':', 'IN', 'NOT IN'];

/** How each kind may be compared (ImageKit, "Upload file", checks). */
export const CHECK_OPERATORS_OF: Readonly<Record<FieldKind, readonly CheckOperator[]>> = {
  text: TEXT,
  folder: TEXT,
  flag: ['=', 'NOT ='],
  list: ['IN', 'NOT IN', 'HAS', 'NOT HAS'],
  bytes: ['=', 'NOT =', ...ORDER],
  number: ['=', 'NOT =', ...ORDER],
  moment: [...TEXT, ...ORDER],
};

/** Every field but the custom ones, which follow `request.customMetadata.`. */
export const CHECK_FIELDS: Readonly<Record<string, FieldKind>> = {
  'request.fileName': 'text',
  'request.folder': 'folder',
  'request.customCoordinates': 'text',
  'request.webhookUrl': 'text',
  'request.useUniqueFileName': 'flag',
  'request.isPrivateFile': 'flag',
  'request.isPublished': 'flag',
  'request.overwriteFile': 'flag',
  'request.overwriteAITags': 'flag',
  'request.overwriteTags': 'flag',
  'request.overwriteCustomMetadata': 'flag',
  'request.tags': 'list',
  'file.size': 'bytes',
  'file.mime': 'text',
  'mediaMetadata.width': 'number',
  'mediaMetadata.height': 'number',
  'mediaMetadata.duration': 'number',
  'mediaMetadata.bitRate': 'number',
  'mediaMetadata.videoCodec': 'text',
  'mediaMetadata.audioCodec': 'text',
};

export const CUSTOM_PREFIX = 'request.customMetadata.';
