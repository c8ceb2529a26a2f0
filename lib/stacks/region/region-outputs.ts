/** Name of the output with the host of the transformer's function URL. */
export const TRANSFORMER_HOST_OUTPUT = 'TransformerHost';

/** Name of the output with the host of the HTTP API, which the distribution asks. */
export const API_HOST_OUTPUT = 'ApiHost';

/** Name of the output with the host of the receiver of large uploads, where there is one. */
export const UPLOAD_HOST_OUTPUT = 'UploadHost';

/** Name of the output with the ARN of the secret with the API's and the signing keys. */
export const CREDENTIALS_SECRET_OUTPUT = 'CredentialsSecretArn';

/** Name of the output with what the ARN of that secret ends with, where other regions have copies. */
export const SECRET_ENDING_OUTPUT = 'CredentialsSecretEnding';

/** Name of the output with the name of the bucket in which the audit log is mirrored and sealed. */
export const AUDIT_BUCKET_OUTPUT = 'AuditBucketName';

/** Name of the output with the name of the transformer, where there are dashboards. */
export const TRANSFORMER_NAME_OUTPUT = 'TransformerName';

/** Name of the output with the name of the bucket of originals. */
export const ORIGINALS_BUCKET_OUTPUT = 'OriginalsBucketName';
