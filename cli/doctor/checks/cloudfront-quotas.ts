import { paginateListServiceQuotas } from '@aws-sdk/client-service-quotas';
import { type Check, judge, ONLY_IN_AWS } from '../check.ts';

/** What the deployment needs of quotas that an account can have lowered or used up (Service Quotas, "Amazon CloudFront"). */
const NEEDED: readonly (readonly [name: RegExp, atLeast: number])[] = [
  [/^web distributions per aws account$/i, 1],
  [/^functions per aws account$/i, 2],
  [/^key ?value stores per (aws )?account$/i, 1],
  [/^alternate domain names/i, 1],
];

export const cloudFrontQuotas: Check = {
  title: 'Quotas of CloudFront',
  run: async ({ deployment }) => {
    if (!deployment.aws) return ONLY_IN_AWS;
    const found: string[] = [];
    const low: string[] = [];
    for await (const { Quotas = [] } of paginateListServiceQuotas(
      { client: deployment.aws.clients.quotas },
      { ServiceCode: 'cloudfront' },
    )) {
      for (const { QuotaName = '', Value = 0 } of Quotas) {
        const atLeast = NEEDED.find(([name]) => name.test(QuotaName))?.[1];
        if (atLeast === undefined) continue;
        found.push(`${QuotaName}: ${Value}`);
        if (Value < atLeast) low.push(QuotaName);
      }
    }
    return judge(
      low.length === 0,
      found.join('; ') || 'none of those that are needed is listed',
      'No quota is below what the deployment needs.',
      `Too low: ${low.join(', ')}.`,
    );
  },
};
