/** What is to be done with a picture by one of ImageKit's extensions ("Extensions"), under its options. */
export interface ExtensionConfig {
  readonly name: ExtensionName;
  /** Options of this extension, as ImageKit documents them; their shapes are checked where they come in. */
  readonly [option: string]: unknown;
}

/** Extensions that a configuration may be of: a saved one may not name another saved one. */
export const EXTENSION_NAMES = [
  'remove-bg',
  'google-auto-tagging',
  'aws-auto-tagging',
  'ai-auto-description',
  'ai-tasks',
] as const;

export type ExtensionName = (typeof EXTENSION_NAMES)[number];

/** A configuration that uploads and updates refer to by its id (ImageKit, "Saved extensions"). */
export interface SavedExtension {
  /** 24 hexadecimal characters. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly config: ExtensionConfig;
  /** ISO 8601, as `updatedAt`. */
  readonly createdAt: string;
  readonly updatedAt: string;
}
