/** A price in US dollars, in us-east-1. */
export interface Price {
  readonly dollars: number;
  readonly per: string;
  /** Where it was read, second-hand unless it says AWS; and when that was written. */
  readonly source: string;
  readonly date: string;
}

const price = (dollars: number, per: string, source: string, date: string): Price => ({ dollars, per, source, date });

const PRICE_LIST = 'AWS Price List, in a public cost model';
const WAF_GUIDE = 'c3x.dev/blog/aws-waf-cost-explained';
const KVS_NOTE =
  'aws.amazon.com/cloudfront/pricing/pay-as-you-go, in a public note; github.com/anomalyco/sst/issues/5720';

const CLOUDFRONT_PAGE = 'aws.amazon.com/cloudfront/pricing, a stored copy';
const DYNAMODB_COPIES = 'public copies of the DynamoDB pricing page';

/** Prices of what a deployment is billed for. Free tiers are left out. */
export const PRICES = {
  webAcl: price(5, 'web ACL and month', WAF_GUIDE, '2026'),
  webAclRule: price(1, 'rule and month', WAF_GUIDE, '2026'),
  webAclRequest: price(0.6 / 1_000_000, 'inspected request', WAF_GUIDE, '2026'),
  httpsRequest: price(0.012 / 10_000, 'HTTPS request in Europe', CLOUDFRONT_PAGE, '2026'),
  httpApiRequest: price(1 / 1_000_000, 'request', 'aws.amazon.com/api-gateway/pricing, as commonly quoted', '2026'),
  kmsKey: price(1, 'key and month', PRICE_LIST, '2026-07'),
  kmsRequest: price(0.03 / 10_000, 'request', PRICE_LIST, '2026-07'),
  secret: price(0.4, 'secret and month', PRICE_LIST, '2026-07'),
  metric: price(0.3, 'metric and month', PRICE_LIST, '2026-07'),
  dashboard: price(3, 'dashboard and month', 'aws.amazon.com/cloudwatch/pricing, as commonly quoted', '2026'),
  alarm: price(0.1, 'alarm and month', PRICE_LIST, '2026-07'),
  lambdaRequest: price(0.2 / 1_000_000, 'request', PRICE_LIST, '2026-07-17'),
  lambdaGigabyteSecond: price(0.000_013_333_4, 'GB-second on arm64', PRICE_LIST, '2026-07-17'),
  tableRead: price(0.125 / 1_000_000, 'read', DYNAMODB_COPIES, '2026-09'),
  tableWrite: price(0.625 / 1_000_000, 'write unit', DYNAMODB_COPIES, '2026-09'),
  edgeFunctionRun: price(0.1 / 1_000_000, 'run of a CloudFront function', KVS_NOTE, '2026'),
  keyValueStoreRead: price(0.03 / 1_000_000, 'read in a CloudFront function', KVS_NOTE, '2026'),
  originTransfer: price(0.02, 'GB sent to an origin', CLOUDFRONT_PAGE, '2026'),
  storedGigabyte: price(0.023, 'GB and month in S3 Standard', PRICE_LIST, '2026-07-28'),
  storageWrite: price(0.005 / 1_000, 'PUT or LIST of S3', PRICE_LIST, '2026-07-28'),
  storageRead: price(0.0004 / 1_000, 'GET of S3', PRICE_LIST, '2026-07-28'),
  keyValueStoreCall: price(1 / 1_000, 'call of the API', KVS_NOTE, '2026'),
  logGigabyte: price(0.5, 'GB of log', PRICE_LIST, '2026-07'),
} as const satisfies Record<string, Price>;

/** GB of a month that cost the same, and dollars of one. */
export interface PriceTier {
  /** @default no end: the last tier */
  readonly upTo?: number;
  readonly dollars: number;
}

/** Data that CloudFront sends to viewers in Europe and North America (aws.amazon.com/cloudfront/pricing, a stored copy, 2026). */
export const SENT_GIGABYTE: readonly PriceTier[] = [
  { upTo: 10_000, dollars: 0.085 },
  { upTo: 50_000, dollars: 0.08 },
  { upTo: 150_000, dollars: 0.06 },
  { upTo: 500_000, dollars: 0.04 },
  { dollars: 0.03 },
];

/** What an amount costs whose first part has another price than the next. */
export function tieredCost(amount: number, tiers: readonly PriceTier[]): number {
  let below = 0;
  let dollars = 0;
  for (const { upTo = Number.POSITIVE_INFINITY, dollars: each } of tiers) {
    dollars += Math.max(0, Math.min(amount, upTo) - below) * each;
    below = upTo;
  }
  return dollars;
}
