import type { NamedResource, Template } from '../guards/template.ts';
import { resourcesOf, valueAt } from '../guards/template.ts';
import { callCost } from './call-cost.ts';
import { type CostLine, sumOf } from './idle-cost.ts';
import { PRICES, SENT_GIGABYTE, tieredCost } from './prices.ts';
import type { Traffic } from './traffic.ts';

const GIGABYTE = 1e9;
const MEGABYTES_OF_GIGABYTE = 1024;

/** The functions before the cache and before the answer. */
const EDGE_RUNS = 2;

/** Calls of the settings store that the function before the cache makes for a public picture; a test counts them. */
export const EDGE_READS = 8;

/* What follows is estimated, not measured in AWS; together it is a small part of any bill with traffic. */

/** Read units of the transformer for a picture: those of its file, which a test counts, and of settings. */
const RENDER_READS = 8;

/** Write units of an upload: 14 of its transaction, which a test counts, and about as many for what makes it found. */
const UPLOAD_WRITES = 28;

/** Seconds of the API function for an upload, and for another call. */
const UPLOAD_SECONDS = 0.15;
const CALL_SECONDS = 0.05;

/** Read units of a call, on average. */
const CALL_READS = 5;

/** Bytes that one request leaves in the access log, as Parquet. */
const LOG_BYTES = 120;

/** Months for which the access log is kept. */
const LOG_MONTHS = 3;

/** What a month's traffic costs, in the order in which a request goes through the system. Idle costs come on top. */
export function trafficCost(templates: readonly Template[], traffic: Traffic): CostLine[] {
  return [
    ...deliveryLines(templates, traffic),
    ...renderLines(templates, traffic),
    ...libraryLines(templates, traffic),
    ...storageLines(traffic),
  ].filter(({ dollars }) => dollars > 0);
}

function deliveryLines(templates: readonly Template[], { requests, hit, answerBytes }: Traffic): CostLine[] {
  const inspected = isMediaGuarded(templates) ? requests : 0;
  const misses = requests * (1 - hit);
  return [
    { what: 'data sent to viewers', dollars: tieredCost((requests * answerBytes) / GIGABYTE, SENT_GIGABYTE) },
    { what: 'requests to CloudFront', dollars: requests * PRICES.httpsRequest.dollars },
    { what: 'functions at the edge', dollars: requests * EDGE_RUNS * PRICES.edgeFunctionRun.dollars },
    { what: 'settings read at the edge', dollars: requests * EDGE_READS * PRICES.keyValueStoreRead.dollars },
    { what: 'requests that the web ACL inspects', dollars: inspected * PRICES.webAclRequest.dollars },
    { what: 'variants looked for in the bucket', dollars: misses * PRICES.storageRead.dollars },
  ];
}

function renderLines(templates: readonly Template[], { renders, renderSeconds }: Traffic): CostLine[] {
  const gigabytes = memoryOf(templates, 'Transformer') / MEGABYTES_OF_GIGABYTE;
  return [
    { what: 'calls of the transformer', dollars: renders * PRICES.lambdaRequest.dollars },
    {
      what: 'time of the transformer',
      dollars: renders * renderSeconds * gigabytes * PRICES.lambdaGigabyteSecond.dollars,
    },
    { what: 'library read by the transformer', dollars: renders * RENDER_READS * PRICES.tableRead.dollars },
    {
      what: 'originals read and variants written',
      dollars: renders * (PRICES.storageRead.dollars + PRICES.storageWrite.dollars),
    },
  ];
}

function libraryLines(templates: readonly Template[], traffic: Traffic): CostLine[] {
  const { uploads, apiCalls, originalBytes } = traffic;
  const calls = uploads + apiCalls;
  const gigabytes = memoryOf(templates, 'Api') / MEGABYTES_OF_GIGABYTE;
  const seconds = uploads * UPLOAD_SECONDS + apiCalls * CALL_SECONDS;
  return [
    { what: 'calls of the API', dollars: (calls / 1e6) * sumOf(callCost(templates)) },
    { what: 'time of the API function', dollars: seconds * gigabytes * PRICES.lambdaGigabyteSecond.dollars },
    {
      what: 'uploads sent to the API',
      dollars: ((uploads * originalBytes) / GIGABYTE) * PRICES.originTransfer.dollars,
    },
    { what: 'originals written', dollars: uploads * PRICES.storageWrite.dollars },
    { what: 'library written', dollars: uploads * UPLOAD_WRITES * PRICES.tableWrite.dollars },
    { what: 'library read', dollars: apiCalls * CALL_READS * PRICES.tableRead.dollars },
  ];
}

function storageLines({ requests, originals, originalBytes, variants, answerBytes }: Traffic): CostLine[] {
  const stored = (bytes: number) => (bytes / GIGABYTE) * PRICES.storedGigabyte.dollars;
  return [
    { what: 'originals stored', dollars: stored(originals * originalBytes) },
    { what: 'variants stored', dollars: stored(variants * answerBytes) },
    { what: 'access log stored', dollars: stored(requests * LOG_BYTES * LOG_MONTHS) },
  ];
}

/** The web ACL of media is the one whose distribution is not the API's. */
function isMediaGuarded(templates: readonly Template[]): boolean {
  return templates
    .flatMap((template) => resourcesOf(template, 'AWS::CloudFront::Distribution'))
    .some(
      ({ logicalId, Properties }) =>
        !logicalId.startsWith('ApiCdn') && valueAt(Properties, 'DistributionConfig', 'WebACLId') !== undefined,
    );
}

/** Megabytes of the function whose logical id begins so. @throws Error when the templates have none */
function memoryOf(templates: readonly Template[], prefix: string): number {
  const found = templates
    .flatMap((template) => resourcesOf(template, 'AWS::Lambda::Function'))
    .find(({ logicalId }: NamedResource) => logicalId.startsWith(prefix));
  if (found === undefined) throw new Error(`No function's logical id begins with ${prefix}.`);
  return Number(valueAt(found.Properties, 'MemorySize'));
}
