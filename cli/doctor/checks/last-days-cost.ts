import { GetCostAndUsageCommand } from '@aws-sdk/client-cost-explorer';
import { type Check, notAsked, ONLY_IN_AWS, ok } from '../check.ts';

const DAY = 24 * 60 * 60 * 1000;

export const lastDaysCost: Check = {
  title: "The last day's cost",
  run: async ({ deployment, clock, mayCost }) => {
    if (!deployment.aws) return ONLY_IN_AWS;
    if (!mayCost) return notAsked('The question costs $0.01. Allow it with --cost.');
    const day = (ago: number) => new Date(clock.now() - ago * DAY).toISOString().slice(0, 10);
    const { ResultsByTime = [] } = await deployment.aws.clients.costs.send(
      new GetCostAndUsageCommand({
        TimePeriod: { Start: day(1), End: day(0) },
        Granularity: 'DAILY',
        Metrics: ['UnblendedCost'],
        GroupBy: [{ Type: 'DIMENSION', Key: 'SERVICE' }],
      }),
    );
    const groups = (ResultsByTime[0]?.Groups ?? []).map(({ Keys = [], Metrics }) => ({
      service: Keys[0] ?? '',
      dollars: Number(Metrics?.UnblendedCost?.Amount ?? 0),
    }));
    const sum = groups.reduce((total, { dollars }) => total + dollars, 0);
    const largest = groups
      .sort((one, other) => other.dollars - one.dollars)
      .slice(0, 5)
      .map(({ service, dollars }) => `${service} $${dollars.toFixed(2)}`);
    return ok(`$${sum.toFixed(2)} on ${day(1)}`, `Of the whole account. ${largest.join(', ')}.`);
  },
};
