import type { FormFields } from '../kernel/form-fields.ts';

/** A multipart form as received; a text field may be repeated. */
export interface UploadForm {
  readonly fields: FormFields;
  readonly file?: FormFile;
}

export interface FormFile {
  readonly bytes: Uint8Array;
  /** The part's own content type, a claim. */
  readonly contentType: string;
}
