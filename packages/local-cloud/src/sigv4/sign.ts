import {
  ALGORITHM,
  formatAmzDate,
  type HttpRequestParts,
  SCOPE_END,
  SHA256_OF_NOTHING,
  signature,
  UNSIGNED_PAYLOAD,
} from './canonical-request.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/**
 * Signs a request by AWS Signature Version 4 and returns the headers to add to it. Host, content-type, range and all
 * x-amz-* headers that the request has are signed, so they must be sent as they are.
 *
 * @param payloadHash SHA-256 of the body in hexadecimal; when absent, the request's x-amz-content-sha256 header, else
 *   UNSIGNED-PAYLOAD for S3 and the hash of an empty body for any other service
 * @throws TypeError when the request has no host header
 * @throws URIError for a broken escape in path or query
 */
export function signRequest(
  request: HttpRequestParts,
  scope: { readonly service: string; readonly region: string },
  credentials: Credentials,
  now: Date,
  payloadHash: string = givenHash(request) ?? (scope.service === 's3' ? UNSIGNED_PAYLOAD : SHA256_OF_NOTHING),
): Record<string, string> {
  if (!request.headers.host) throw new TypeError('A request without a host header cannot be signed');
  const amzDate = formatAmzDate(now);
  const added = { 'x-amz-date': amzDate, 'x-amz-content-sha256': payloadHash };
  const headers = { ...request.headers, ...added };
  const signedHeaders = Object.keys(headers).filter(isSigned).sort();
  const fullScope = { date: amzDate.slice(0, 8), region: scope.region, service: scope.service };
  const text = signature(
    { ...request, headers },
    signedHeaders,
    payloadHash,
    amzDate,
    fullScope,
    credentials.secretAccessKey,
  );
  const credential = [credentials.accessKeyId, fullScope.date, scope.region, scope.service, SCOPE_END].join('/');
  return {
    ...added,
    authorization: `${ALGORITHM} Credential=${credential}, SignedHeaders=${signedHeaders.join(';')}, Signature=${text}`,
  };
}

function isSigned(name: string): boolean {
  return name === 'host' || name === 'content-type' || name === 'range' || name.startsWith('x-amz-');
}

function givenHash(request: HttpRequestParts): string | undefined {
  const value = request.headers['x-amz-content-sha256'];
  return typeof value === 'object' ? value[0] : value;
}
