import { type Check, notAsked } from '../check.ts';
import { judgeSpread, measureRule, PROMISED_SECONDS } from '../measure-spread.ts';

export const spreadOfRules: Check = {
  number: 9,
  title: 'Spread of rules',
  run: async (deps) => {
    const { sample, deployment, ownAddress } = deps;
    if (!deployment.aws) return notAsked('Changes of IP sets hold at once on one machine.');
    if (!deployment.aws.edge.accessRuleGroupArn) return notAsked('The profile "small" has no web ACL.');
    if (ownAddress === undefined)
      return notAsked('It blocks everybody behind an address for a minute. Name one that is yours with --own-address.');
    const seconds = await measureRule(
      deps,
      { type: 'ip', values: [`${ownAddress}/${ownAddress.includes(':') ? 128 : 32}`] },
      `${sample.path}?tr=w-29`,
    );
    return judgeSpread(
      seconds,
      'A blocked address gets nothing at the edge location that answers here.',
      `A blocked address is still answered after ${PROMISED_SECONDS} s. Is it the address that CloudFront sees?`,
    );
  },
};
