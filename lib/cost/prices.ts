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

/** Prices of what an idle deployment and a call of the API are billed for. Free tiers are left out. */
export const PRICES = {
  webAcl: price(5, 'web ACL and month', WAF_GUIDE, '2026'),
  webAclRule: price(1, 'rule and month', WAF_GUIDE, '2026'),
  webAclRequest: price(0.6 / 1_000_000, 'inspected request', WAF_GUIDE, '2026'),
  httpsRequest: price(
    0.012 / 10_000,
    'HTTPS request in Europe',
    'aws.amazon.com/cloudfront/pricing, a stored copy',
    '2026',
  ),
  httpApiRequest: price(1 / 1_000_000, 'request', 'aws.amazon.com/api-gateway/pricing, as commonly quoted', '2026'),
  kmsKey: price(1, 'key and month', PRICE_LIST, '2026-07'),
  kmsRequest: price(0.03 / 10_000, 'request', PRICE_LIST, '2026-07'),
  secret: price(0.4, 'secret and month', PRICE_LIST, '2026-07'),
  alarm: price(0.1, 'alarm and month', PRICE_LIST, '2026-07'),
  lambdaRequest: price(0.2 / 1_000_000, 'request', PRICE_LIST, '2026-07-17'),
  lambdaGigabyteSecond: price(0.000_013_333_4, 'GB-second on arm64', PRICE_LIST, '2026-07-17'),
  tableRead: price(0.125 / 1_000_000, 'read', 'public copies of the DynamoDB pricing page', '2026-09'),
  keyValueStoreCall: price(1 / 1_000, 'call of the API', KVS_NOTE, '2026'),
  logGigabyte: price(0.5, 'GB of log', PRICE_LIST, '2026-07'),
} as const satisfies Record<string, Price>;
