/** A file that was stored while its form was read, under `formKey(uploadId)`. */
export interface StoredFile {
  /** 24 characters of 0-9 a-f. */
  readonly uploadId: string;
  /** Bytes. */
  readonly size: number;
  /** What its sender says that it is. @default nothing was said */
  readonly contentType?: string;
}

/** A form whose file is stored already. */
export interface StreamedForm {
  /** Names with their values, in the order in which they came. */
  readonly fields: readonly (readonly [name: string, values: readonly string[]])[];
  /** @default a field tells where it is */
  readonly file?: StoredFile;
}

/**
 * What the function that receives large uploads asks the function of the API, which alone knows keys and library. Nobody else may
 * send it: API Gateway's events have another `version`, and IAM lets in these two.
 */
export interface StreamedUploadEvent {
  readonly version: 'streamed-upload';
  readonly rawPath: string;
  /** Without its question mark. */
  readonly rawQueryString: string;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly requestContext: { readonly http: { readonly method: string } };
  /** @default the form was not read yet: whether its sender may send it */
  readonly form?: StreamedForm;
}

/** Status, headers and body that are passed on as they are. */
export interface StreamedUploadAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Text. */
  readonly body: string;
}

/** What the API says before the form is read: go on, or an answer. */
export type Admission = { readonly admitted: true } | StreamedUploadAnswer;

/** Header with the secret that the distribution adds, in lower case. */
export const ORIGIN_SECRET_HEADER = 'x-vitrine-origin';

/** Ids of the origins of the API's distribution: what answers calls, and what receives large uploads. */
export const API_ORIGIN_ID = 'api';
export const UPLOAD_ORIGIN_ID = 'upload';

/**
 * Name of the secret in the edge's region. It does not end with a dash and six characters, as ARNs of secrets do.
 * @param deployment prefix of its names
 */
export const originSecretName = (deployment: string): string => `${deployment}-large-uploads`;
