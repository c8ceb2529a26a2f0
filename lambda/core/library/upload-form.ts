/** A multipart form as received; a text field may be repeated. */
export interface UploadForm {
  readonly fields: ReadonlyMap<string, readonly string[]>;
  readonly file?: FormFile;
}

export interface FormFile {
  readonly bytes: Uint8Array;
  /** The part's own content type, a claim. */
  readonly contentType: string;
}
