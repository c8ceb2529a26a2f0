import type { NamedResource, Template } from '../guards/template.ts';
import { resourcesOf, valueAt } from '../guards/template.ts';
import type { CostLine } from './idle-cost.ts';
import { PRICES, type Price } from './prices.ts';

const MILLION = 1_000_000;

/** What the logical ids of the API's distributions begin with. */
const API_DISTRIBUTION = 'ApiCdn';

/**
 * What a million calls of the API cost on their way to the function: the distribution, its web ACL, the HTTP API. What the
 * function does is priced by what it is asked for.
 */
export function callCost(templates: readonly Template[]): CostLine[] {
  const distributions = templates
    .flatMap((template) => resourcesOf(template, 'AWS::CloudFront::Distribution'))
    .filter(({ logicalId }) => logicalId.startsWith(API_DISTRIBUTION));
  const steps: readonly (readonly [string, boolean, Price])[] = [
    ['requests to CloudFront', distributions.length > 0, PRICES.httpsRequest],
    ['requests that a web ACL inspects', distributions.some(hasWebAcl), PRICES.webAclRequest],
    ['requests to the HTTP API', true, PRICES.httpApiRequest],
    ['requests to the function', true, PRICES.lambdaRequest],
  ];
  return steps.filter(([, isThere]) => isThere).map(([what, , { dollars }]) => ({ what, dollars: dollars * MILLION }));
}

const hasWebAcl = ({ Properties }: NamedResource): boolean =>
  valueAt(Properties, 'DistributionConfig', 'WebACLId') !== undefined;
