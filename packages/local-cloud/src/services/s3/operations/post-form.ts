import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import busboy from 'busboy';
import { escapeUri } from '../../../sigv4/canonical-request.ts';
import { xmlDocument } from '../../../xml.ts';
import { readBodyChecks } from '../body/body-checks.ts';
import type { S3Principal } from '../configuration.ts';
import { s3Error } from '../errors.ts';
import { readObjectHeaders, versionHeader } from '../object-headers.ts';
import { checkPostPolicy, type FormFields } from '../post-policy.ts';
import { MAX_SINGLE_BYTES, receiveBlob } from '../receive.ts';
import type { S3Answer } from '../request.ts';
import type { S3Services } from '../services.ts';
import type { ObjectVersion } from '../store/object-version.ts';

/** Most bytes of all fields before the file (S3 API reference, POST Object). */
const MAX_FIELD_BYTES = 20_480;
const MAX_KEY_BYTES = 1024;

/** A browser form, as it arrives. */
export interface FormRequest {
  readonly id: string;
  readonly bucket: string;
  readonly message: IncomingMessage;
  readonly sourceIp: string;
}

/** POST Object: a form whose policy was signed, from a browser. The file is streamed; what follows it is passed over. */
export async function postForm(
  services: S3Services,
  principals: ReadonlyMap<string, S3Principal>,
  request: FormRequest,
): Promise<S3Answer> {
  services.buckets.require(request.bucket);
  return readForm(request.message, async (formFields, file, fileName) => {
    const key = (formFields.key ?? '').replace(/\$\{filename\}/g, () => fileName);
    if (key === '') throw s3Error('InvalidArgument', "Bucket POST must contain a field named 'key'");
    if (Buffer.byteLength(key) > MAX_KEY_BYTES) throw s3Error('KeyTooLongError');
    const fields = { ...formFields, key, bucket: request.bucket };
    const { requester, size } = checkPostPolicy(fields, principals, services.now());
    if (requester.access !== 'all') throw s3Error('AccessDenied');
    const headers = readObjectHeaders(fields);
    const checks = readBodyChecks({ ...fields, 'content-length': undefined }, 'UNSIGNED-PAYLOAD');
    const received = await receiveBlob(services.blobs, file, checks, Math.min(size.maximum, MAX_SINGLE_BYTES));
    if (received.size < size.minimum) {
      services.blobs.drop([received.blob]);
      throw s3Error('EntityTooSmall');
    }
    const version = services.store.put({
      ...{ bucket: request.bucket, key, content: { ...received, headers, tags: [] }, reason: 'POST Object' },
      actor: { requestId: request.id, requester: requester.accessKeyId, sourceIp: request.sourceIp },
    });
    return answer(version, fields);
  });
}

type HandleFile = (fields: FormFields, file: Readable, fileName: string) => Promise<S3Answer>;

/** Reads the fields up to the first file, and hands that on. */
function readForm(message: IncomingMessage, handle: HandleFile): Promise<S3Answer> {
  const fields: Record<string, string> = {};
  let fieldBytes = 0;
  let handling: Promise<S3Answer> | undefined;
  const parser = openParser(message);
  const { promise, resolve, reject } = Promise.withResolvers<S3Answer>();
  const fail = (error: unknown) => {
    message.unpipe(parser);
    message.resume();
    reject(error);
  };
  parser.on('field', (name, value) => {
    fieldBytes += Buffer.byteLength(name) + Buffer.byteLength(value);
    if (fieldBytes > MAX_FIELD_BYTES) fail(s3Error('MaxPostPreDataLengthExceeded'));
    else if (!handling) fields[name.toLowerCase()] = value;
  });
  parser.on('file', (name, file, { filename }) => {
    file.on('error', () => {}); // The parser reports the same error.
    if (handling || name !== 'file') {
      file.resume();
      return;
    }
    handling = handle(fields, file, filename ?? '');
    handling.then(resolve, (error) => fail(parser.errored ? s3Error('MalformedPOSTRequest') : error));
  });
  parser.on('error', () => fail(s3Error('MalformedPOSTRequest')));
  parser.on('close', () => {
    if (!handling) fail(s3Error('InvalidArgument', 'POST requires exactly one file upload per request.'));
  });
  // A client that goes away in the middle must not leave the file waiting for more.
  message.on('close', () => {
    if (!message.complete) parser.destroy(new Error('The client went away'));
  });
  message.pipe(parser);
  return promise;
}

function openParser(message: IncomingMessage): busboy.Busboy {
  try {
    return busboy({
      headers: message.headers,
      defParamCharset: 'utf8',
      limits: { fieldSize: MAX_FIELD_BYTES + 1, fields: 100, parts: 110 },
    });
  } catch {
    throw s3Error('MalformedPOSTRequest');
  }
}

/** What the fields `success_action_redirect` and `success_action_status` ask for. */
function answer(version: ObjectVersion, fields: FormFields): S3Answer {
  const { bucket, key } = version;
  const etag = `"${version.etag}"`;
  const location = `/${bucket}/${escapeUri(key).replaceAll('%2F', '/')}`;
  const redirect = fields.success_action_redirect ?? fields.redirect ?? '';
  if (/^https?:/.test(redirect) && URL.canParse(redirect)) {
    const target = new URL(redirect);
    for (const [name, value] of Object.entries({ bucket, key, etag })) target.searchParams.set(name, value);
    return { status: 303, headers: { location: target.href, ...versionHeader(version) } };
  }
  const headers = { etag, location, ...versionHeader(version) };
  if (fields.success_action_status === '200') return { status: 200, headers };
  if (fields.success_action_status !== '201') return { status: 204, headers };
  const body = xmlDocument('PostResponse', { Location: location, Bucket: bucket, Key: key, ETag: etag });
  return { status: 201, headers: { ...headers, 'content-type': 'application/xml' }, body };
}
