import type { KeyObject } from 'node:crypto';
import { createHash, createHmac, createSecretKey } from 'node:crypto';

/** What signs, and for which service. */
export interface SigningScope {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly region: string;
  readonly service: string;
}

/** A request as it goes over the wire. */
export interface UnsignedRequest {
  readonly method: string;
  /** With the port, when it is none of the scheme's own. */
  readonly host: string;
  /** Escaped once, without a query. */
  readonly path: string;
  /** In the order of its names, with everything outside RFC 3986's unreserved characters escaped. @default none */
  readonly query?: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | undefined;
}

/** Gives a request's headers together with those that sign it. */
export type Signer = (request: UnsignedRequest, at: Date) => Record<string, string>;

const ALGORITHM = 'AWS4-HMAC-SHA256';
const NO_BODY = createHash('sha256').digest('hex');

/**
 * Signs with AWS Signature Version 4 (AWS, "Create a signed AWS API request"), all headers included. The key is derived
 * once a day. S3's bodies are not hashed, as its documentation allows over TLS: an original may have 50 MB.
 */
export function sigv4Signer(scope: SigningScope): Signer {
  const keyOf = dailyKey(scope);
  const isS3 = scope.service === 's3';
  return ({ method, host, path, query = '', headers, body }, at) => {
    const time = at.toISOString().replace(/[-:]|\.\d{3}/g, '');
    const day = time.slice(0, 8);
    const payload = isS3 && body !== undefined ? 'UNSIGNED-PAYLOAD' : hashOf(body);
    const signed: Record<string, string> = {
      ...headers,
      host,
      'x-amz-date': time,
      ...(isS3 && { 'x-amz-content-sha256': payload }),
      ...(scope.sessionToken && { 'x-amz-security-token': scope.sessionToken }),
    };
    const names = Object.keys(signed).sort();
    const lines = names.map((name) => `${name}:${canonicalValue(signed[name] ?? '')}\n`).join('');
    const signedHeaders = names.join(';');
    const canonical = `${method}\n${path}\n${query}\n${lines}\n${signedHeaders}\n${payload}`;
    const credential = `${day}/${scope.region}/${scope.service}/aws4_request`;
    const signature = hmac(keyOf(day), `${ALGORITHM}\n${time}\n${credential}\n${sha256(canonical)}`).toString('hex');
    signed.authorization = `${ALGORITHM} Credential=${scope.accessKeyId}/${credential}, SignedHeaders=${signedHeaders}, Signature=${signature}`;
    return signed;
  };
}

function dailyKey({ secretAccessKey, region, service }: SigningScope): (day: string) => KeyObject {
  let known: { readonly day: string; readonly key: KeyObject } | undefined;
  return (day) => {
    if (known?.day !== day) {
      const regional = hmac(hmac(`AWS4${secretAccessKey}`, day), region);
      // A key object is taken as it is; bytes are made one of with every digest, which takes four times as long.
      known = { day, key: createSecretKey(hmac(hmac(regional, service), 'aws4_request')) };
    }
    return known.key;
  };
}

const canonicalValue = (value: string): string => value.trim().replace(/ +/g, ' ');

const hashOf = (body: string | Uint8Array | undefined): string => (body === undefined ? NO_BODY : sha256(body));

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

const hmac = (key: string | Buffer | KeyObject, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();
