import type { StoredFile } from '../../contract/streamed-upload.ts';
import type { FormFields } from '../kernel/form-fields.ts';

/** A multipart form as received; a text field may be repeated. */
export interface UploadForm {
  readonly fields: FormFields;
  /** Its bytes, or where they were stored while the form was read. */
  readonly file?: FormFile | StoredFile;
}

export interface FormFile {
  readonly bytes: Uint8Array;
  /** The part's own content type, a claim. */
  readonly contentType: string;
}
