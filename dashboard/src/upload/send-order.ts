import type { Source, Upload, UploadDetails } from './upload.ts';

/** A file that is to be sent. */
export interface SendOrder {
  readonly upload: Pick<Upload, 'name' | 'folder' | 'details' | 'choice' | 'twins' | 'uploadId'>;
  readonly source: Source;
  /** Told how many bytes have left. */
  readonly progress: (bytes: number) => void;
  /** Told the id of an upload in parts, by which it can go on later. */
  readonly begun: (uploadId: string) => void;
  readonly signal: AbortSignal;
}

/** What the API is told of a file. Without a choice a file that came meanwhile is not overlaid. */
export function parametersOf({ name, folder, details, choice, twins }: SendOrder['upload']) {
  return {
    fileName: name,
    folder,
    useUniqueFileName: choice === 'both' && (twins?.isNameTaken ?? false),
    overwriteFile: choice === 'version',
    // What the version before had stays.
    overwriteTags: false,
    overwriteCustomMetadata: false,
    ...(choice !== 'version' && written(details)),
  };
}

/** Details that are given with the file; a version gets them afterwards, beside what the file has. */
const written = ({ tags, fields }: UploadDetails) => ({
  ...(tags.length > 0 && { tags: [...tags] }),
  ...(Object.keys(fields).length > 0 && { customMetadata: fields }),
});
