export type EmbeddedValue = string | number | boolean | readonly (string | number | boolean)[];

/** What a picture's EXIF, IPTC and XMP say, by ExifTool's names (ImageKit, `embeddedMetadata`). */
export type EmbeddedMetadata = Readonly<Record<string, EmbeddedValue>>;
