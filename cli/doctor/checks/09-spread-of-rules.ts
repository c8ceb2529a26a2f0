import { type Check, judge, notAsked } from '../check.ts';
import { measureSpread } from '../measure-spread.ts';

const PROMISED_SECONDS = 60;

export const spreadOfRules: Check = {
  number: 9,
  title: 'Spread of rules',
  run: async ({ media, library, sample, clock, deployment, ownAddress }) => {
    if (!deployment.aws) return notAsked('Changes of IP sets hold at once on one machine.');
    if (!deployment.aws.edge.accessRuleGroupArn) return notAsked('The profile "small" has no web ACL.');
    if (ownAddress === undefined)
      return notAsked('It blocks everybody behind an address for a minute. Name one that is yours with --own-address.');
    const rule = await library.call<{ id: string }>('POST', '/v1/accounts/rules', {
      effect: 'block',
      match: { type: 'ip', values: [`${ownAddress}/${ownAddress.includes(':') ? 128 : 32}`] },
      reason: 'vitrine doctor measures how fast rules spread',
    });
    const isBlocked = async () => (await media.get(`${sample.path}?tr=w-29`)).status === 403;
    const seconds = await measureSpread(clock, isBlocked).finally(() =>
      library.call('DELETE', `/v1/accounts/rules/${rule.id}`),
    );
    await measureSpread(clock, async () => !(await isBlocked()));
    return judge(
      seconds !== undefined && seconds <= PROMISED_SECONDS,
      seconds === undefined ? 'not seen' : `${seconds.toFixed(1)} s`,
      'A blocked address gets nothing at the edge location that answers here.',
      `A blocked address is still answered after ${PROMISED_SECONDS} s. Is it the address that CloudFront sees?`,
    );
  },
};
