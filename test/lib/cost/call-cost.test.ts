import { Template } from 'aws-cdk-lib/assertions';
import { expect, it } from 'vitest';
import { callCost } from '../../../lib/cost/call-cost.ts';
import { sumOf } from '../../../lib/cost/idle-cost.ts';
import { PRICES } from '../../../lib/cost/prices.ts';
import { vitrineApp } from '../vitrine-fixture.ts';

function linesOf(profile: 'small' | 'guarded') {
  const app = vitrineApp({ vitrine: { profile } });
  return callCost([...app.regions, app.edge].map((stack) => Template.fromStack(stack).toJSON()));
}

it('a million calls of the API cost their way through CloudFront and the HTTP API', () => {
  expect(linesOf('small').map(({ what }) => what)).toEqual([
    'requests to CloudFront',
    'requests to the HTTP API',
    'requests to the function',
  ]);
  expect(sumOf(linesOf('small'))).toBeCloseTo(1.2 + 1 + 0.2, 5);
});

it('a web ACL adds what it inspects', () => {
  const difference = sumOf(linesOf('guarded')) - sumOf(linesOf('small'));

  expect(difference).toBeCloseTo(PRICES.webAclRequest.dollars * 1_000_000, 5);
});
