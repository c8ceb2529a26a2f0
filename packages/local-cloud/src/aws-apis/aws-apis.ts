import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KeyValueStores } from '../cdn/key-value-stores.ts';
import { splitUrl } from '../http-api/event.ts';
import { readBody } from '../http-api/read-body.ts';
import { verifySignature } from '../sigv4/verify.ts';
import { isSignedForAllRegions } from '../sigv4/verify-multi-region.ts';
import { WafStore } from '../waf/waf-store.ts';
import { checkRules } from '../waf/web-acl.ts';
import { CloudFrontApi, type Invalidate } from './cloudfront.ts';
import { writeErrorXml } from './invalidation-xml.ts';
import { keyManagement } from './key-management.ts';
import { KeyStore } from './key-store.ts';
import { answerKeyValue, isKeyValuePath } from './key-value-store.ts';
import { type SecretProperties, SecretStore } from './secret-store.ts';
import { secretsManager } from './secrets-manager.ts';
import { ServiceError } from './service-error.ts';
import { systemsManager } from './systems-manager.ts';
import { webApplicationFirewall } from './waf.ts';

export interface AwsApisOptions {
  /** JSON file with the secrets; undefined keeps them in memory. */
  readonly stateFile: string | undefined;
  /** Systems Manager parameters, name -> value; read at each call. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly invalidate: Invalidate;
  /** KeyValueStores. @default none, in memory */
  readonly keyValueStores?: KeyValueStores;
  /** IP sets and rule groups. @default none yet, in memory */
  readonly waf?: WafStore;
  /** @default none, in memory */
  readonly keys?: KeyStore;
  /** Access key -> secret key of everyone who may call. */
  readonly principals: ReadonlyMap<string, string>;
  readonly log: (line: string) => void;
  /** @default 0, any free port */
  readonly port?: number;
  /** @default the clock */
  readonly now?: () => Date;
}

export interface AwsApis {
  /** `http://127.0.0.1:PORT`, for AWS_ENDPOINT_URL_SECRETS_MANAGER, _SSM, _KMS, _STS, _WAFV2 and _CLOUDFRONT. */
  readonly endpoint: string;
  /** Generates the secret's value, once, and keeps it. */
  ensureSecret(arn: string, properties: SecretProperties): Promise<void>;
  /** @param id the secret's ARN or name */
  secretValue(id: string): string | undefined;
  close(): Promise<void>;
}

type Operation = (input: Readonly<Record<string, unknown>>) => unknown;

interface Apis {
  readonly json: Readonly<Record<string, Operation>>;
  readonly cloudFront: CloudFrontApi;
  readonly keyValueStores: KeyValueStores;
}

const BODY_BYTES = 1_048_576;

/** Secrets Manager, Systems Manager parameters, KMS, web ACL rules and CloudFront invalidations on one port of the loopback interface. */
export async function startAwsApis(options: AwsApisOptions): Promise<AwsApis> {
  const now = options.now ?? (() => new Date());
  const secrets = await SecretStore.open(options.stateFile);
  const waf = options.waf ?? (await WafStore.open(undefined));
  const ipSets = { get: (arn: string) => waf.get('ipSets', arn) };
  const apis: Apis = {
    json: {
      ...secretsManager(secrets, now),
      ...systemsManager(options.parameters, now()),
      ...keyManagement(options.keys ?? (await KeyStore.open(undefined))),
      ...webApplicationFirewall(waf, (rules) => checkRules(rules, ipSets)),
    },
    cloudFront: new CloudFrontApi(options.invalidate),
    keyValueStores: options.keyValueStores ?? (await KeyValueStores.open(undefined)),
  };
  const server = createServer((request, response) => {
    serve(options, apis, now(), request, response).catch(() => response.destroy());
  });
  // Longer than an SDK client keeps a connection that rests, so that none is closed under a request.
  server.keepAliveTimeout = 65_000;
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ensureSecret: (arn, properties) => secrets.ensure(arn, properties, now()),
    secretValue: (id) => secrets.find(id)?.value,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function serve(
  options: AwsApisOptions,
  apis: Apis,
  now: Date,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const target = request.headers['x-amz-target'];
  const isKeyValue = isKeyValuePath(splitUrl(request.url ?? '/').path);
  try {
    const body = await readBody(request, BODY_BYTES);
    if (body === 'gone') return;
    if (body === 'too-large')
      throw new ServiceError('RequestEntityTooLargeException', 'The request is too large.', 413);
    authenticate(options.principals, request, body, now);
    if (isKeyValue) await answerKeys(apis, request, body, response);
    else if (typeof target === 'string') await answerJson(apis, target, body, response);
    else if (isQuery(request)) throw noRoles();
    else await answerXml(apis, request, body, now, response);
  } catch (error) {
    if (!(error instanceof ServiceError)) options.log(`${target ?? request.url}: ${(error as Error).message}`);
    refuse(response, error instanceof ServiceError ? error : internal(), isKeyValue || typeof target === 'string');
  }
}

async function answerJson(apis: Apis, target: string, body: Buffer, response: ServerResponse): Promise<void> {
  const operation = Object.hasOwn(apis.json, target) ? apis.json[target] : undefined;
  if (!operation) throw new ServiceError('UnknownOperationException', `${target} is not known here.`);
  send(response, 200, 'application/x-amz-json-1.1', JSON.stringify(await operation(parse(body))));
}

async function answerKeys(
  { keyValueStores }: Apis,
  request: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): Promise<void> {
  const { path, query } = splitUrl(request.url ?? '/');
  const answer = await answerKeyValue(keyValueStores, {
    method: request.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    ifMatch: request.headers['if-match'],
    body: body.toString(),
  });
  send(response, 200, 'application/json', JSON.stringify(answer.body), answer.headers);
}

async function answerXml(
  apis: Apis,
  request: IncomingMessage,
  body: Buffer,
  now: Date,
  response: ServerResponse,
): Promise<void> {
  const { path } = splitUrl(request.url ?? '/');
  const answer = await apis.cloudFront.answer(request.method ?? 'GET', path, body.toString(), now);
  send(response, answer.status, 'text/xml', answer.body, answer.headers);
}

/** @throws ServiceError unless a known principal signed this request for the service that it calls */
function authenticate(
  principals: ReadonlyMap<string, string>,
  request: IncomingMessage,
  body: Buffer,
  now: Date,
): void {
  const { path, query } = splitUrl(request.url ?? '/');
  const bodySha256 = createHash('sha256').update(body).digest('hex');
  const signed = { method: request.method ?? 'GET', path, query, headers: request.headers, bodySha256 };
  if (isKeyValuePath(path)) {
    if (isSignedForAllRegions(signed, principals, now, 'cloudfront-keyvaluestore')) return;
    throw new ServiceError('AccessDeniedException', 'The signature is missing or does not match.', 403);
  }
  const verdict = verifySignature(signed, principals, now, { service: signingName(request) });
  if (!verdict.ok) {
    const code =
      verdict.code === 'MissingAuthentication' ? 'MissingAuthenticationTokenException' : 'InvalidSignatureException';
    throw new ServiceError(code, verdict.message, 403);
  }
  if (verdict.payloadHash !== bodySha256) {
    throw new ServiceError('InvalidSignatureException', 'The body is not the one that was signed.', 403);
  }
}

function signingName(request: IncomingMessage): string {
  const target = String(request.headers['x-amz-target'] ?? '');
  if (target.startsWith('secretsmanager.')) return 'secretsmanager';
  if (target.startsWith('AWSWAF_')) return 'wafv2';
  if (target.startsWith('TrentService.')) return 'kms';
  if (target === '' && isQuery(request)) return 'sts';
  return target.startsWith('AmazonSSM.') ? 'ssm' : 'cloudfront';
}

/** Of the services here, only the Security Token Service speaks the form-encoded query protocol. */
function isQuery(request: IncomingMessage): boolean {
  return String(request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
}

function noRoles(): ServiceError {
  return new ServiceError('AccessDenied', 'There are no other accounts here, so no role can be assumed.', 403);
}

function parse(body: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body.toString() || '{}');
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Answered below.
  }
  throw new ServiceError('SerializationException', 'The request is no JSON object.');
}

function internal(): ServiceError {
  return new ServiceError('InternalFailure', 'The request could not be carried out.', 500);
}

function refuse(response: ServerResponse, error: ServiceError, isJson: boolean): void {
  if (isJson) {
    const body = JSON.stringify({ __type: error.code, message: error.message });
    send(response, error.status, 'application/x-amz-json-1.1', body, { 'x-amzn-errortype': error.code });
  } else {
    send(response, error.status, 'text/xml', writeErrorXml(error, randomUUID()));
  }
}

function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  const requestId = randomUUID();
  response.writeHead(status, { 'content-type': type, 'x-amzn-requestid': requestId, ...headers });
  response.end(body);
}
