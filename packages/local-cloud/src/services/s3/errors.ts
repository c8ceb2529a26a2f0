/** The error codes of S3 that are answered here, with status and default message (S3 API reference, "Error responses"). */
const ERRORS = {
  AccessDenied: [403, 'Access Denied'],
  AccessControlListNotSupported: [400, 'The bucket does not allow ACLs'],
  AuthorizationHeaderMalformed: [400, 'The signature of the request is malformed'],
  BadDigest: [400, 'The checksum or Content-MD5 that you specified did not match what was received'],
  BadRequest: [400, 'Bad Request'],
  BucketAlreadyOwnedByYou: [409, 'Your previous request to create the named bucket succeeded and you already own it'],
  BucketNotEmpty: [409, 'The bucket you tried to delete is not empty'],
  EntityTooLarge: [400, 'Your proposed upload exceeds the maximum allowed size'],
  EntityTooSmall: [400, 'Your proposed upload is smaller than the minimum allowed size'],
  IncompleteBody: [400, 'The body is not as long as the request says'],
  InsufficientStorage: [507, 'The disk of this machine is full'],
  InternalError: [500, 'We encountered an internal error. Please try again.'],
  InvalidAccessKeyId: [403, 'The access key id you provided does not exist in our records'],
  InvalidArgument: [400, 'Invalid Argument'],
  InvalidBucketName: [400, 'The specified bucket is not valid'],
  InvalidDigest: [400, 'The Content-MD5 or checksum value that you specified is not valid'],
  InvalidPart: [400, 'One or more of the specified parts could not be found or did not match'],
  InvalidPartOrder: [400, 'The list of parts was not in ascending order'],
  InvalidRange: [416, 'The requested range is not satisfiable'],
  InvalidRequest: [400, 'Invalid Request'],
  InvalidStorageClass: [400, 'The storage class you specified is not valid'],
  InvalidTag: [400, 'The tag provided was not a valid tag'],
  InvalidURI: [400, "Couldn't parse the specified URI"],
  KeyTooLongError: [400, 'Your key is longer than 1024 bytes'],
  MalformedPOSTRequest: [400, 'The body of your POST request is not well-formed multipart/form-data'],
  MalformedTrailerError: [400, 'The request contained trailing data that was not well-formed'],
  MalformedXML: [400, 'The XML you provided was not well-formed or did not validate'],
  MaxMessageLengthExceeded: [400, 'Your request was too big'],
  MaxPostPreDataLengthExceeded: [400, 'Your POST request fields preceding the upload file were too large'],
  MetadataTooLarge: [400, 'Your metadata headers exceed the maximum allowed metadata size of 2048 bytes'],
  MethodNotAllowed: [405, 'The specified method is not allowed against this resource'],
  MissingContentLength: [411, 'You must provide the Content-Length HTTP header'],
  NoSuchBucket: [404, 'The specified bucket does not exist'],
  NoSuchKey: [404, 'The specified key does not exist.'],
  NoSuchUpload: [404, 'The specified upload does not exist. It may have been aborted or completed.'],
  NoSuchVersion: [404, 'The specified version does not exist.'],
  NotImplemented: [501, 'The local S3 server does not implement what the request asks for'],
  NotModified: [304, 'Not Modified'],
  OperationAborted: [409, 'A conflicting operation is in progress against this resource. Please try again.'],
  PreconditionFailed: [412, 'At least one of the pre-conditions you specified did not hold'],
  RequestHeaderSectionTooLarge: [400, 'Your request header section exceeds the maximum allowed size of 8192 bytes'],
  RequestTimeTooSkewed: [403, 'The difference between the request time and the time here is too large'],
  SignatureDoesNotMatch: [403, 'The request signature we calculated does not match the signature you provided'],
  XAmzContentSHA256Mismatch: [400, 'The provided x-amz-content-sha256 header does not match what was computed'],
} as const satisfies Record<string, readonly [status: number, message: string]>;

export type S3ErrorCode = keyof typeof ERRORS;

/** What a request ends in when it does not succeed; its message is for the client. */
export class S3Error extends Error {
  readonly code: S3ErrorCode;
  readonly status: number;
  /** Headers for the answer, such as content-range of a 416. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: S3ErrorCode, message?: string, headers: Readonly<Record<string, string>> = {}) {
    super(message ?? ERRORS[code][1]);
    this.name = 'S3Error';
    this.code = code;
    this.status = ERRORS[code][0];
    this.headers = headers;
  }
}

export function s3Error(code: S3ErrorCode, message?: string, headers?: Readonly<Record<string, string>>): S3Error {
  return new S3Error(code, message, headers);
}

/** Extended result code of SQLite when the file system takes no more. */
const SQLITE_FULL = 13;

/**
 * The answer to any failure: S3 errors as they are, a full disk as 507 (which the SDKs do not try again), else 500
 * without detail.
 */
export function asS3Error(error: unknown): S3Error {
  if (error instanceof S3Error) return error;
  const { code, errcode } = (error ?? {}) as { code?: unknown; errcode?: unknown };
  if (code === 'ENOSPC' || code === 'EDQUOT' || errcode === SQLITE_FULL) return s3Error('InsufficientStorage');
  return s3Error('InternalError');
}
