import type { Resolver } from 'node:dns/promises';
import type { CheckedHost, Seen } from './checked-host.ts';

/** Where the host's record leads. */
export async function checkRecord(dns: Resolver, { host, target, isInZone }: CheckedHost): Promise<Seen> {
  const alias = await names(dns.resolveCname(host));
  if (alias.includes(target)) return right(`${host} is an alias of ${target}.`);
  const remedy = isInZone
    ? 'The stack sets it: deploy, and see that the zone in cdk.json is the one that the domain is delegated to.'
    : `Set: ${host} CNAME ${target}`;
  if (alias[0]) return wrong(`${host} is an alias of ${alias[0]}, not of ${target}. ${remedy}`);
  const addresses = await names(dns.resolve4(host));
  if (addresses.length === 0) return wrong(`${host} has no record. ${remedy}`);
  const expected = await names(dns.resolve4(target));
  if (addresses.some((address) => expected.includes(address))) return right(`${host} has addresses of ${target}.`);
  // CloudFront gives other addresses from one question to the next; what answers there is looked at next.
  return right(`${host} has addresses of its own, ${addresses.join(', ')}; its answer tells whose they are.`);
}

/** No answer and no such name are both none (Node.js, "DNS error codes"). */
async function names(asked: Promise<string[]>): Promise<readonly string[]> {
  try {
    return (await asked).map((name) => name.toLowerCase());
  } catch (error) {
    if (['ENODATA', 'ENOTFOUND'].includes(String((error as NodeJS.ErrnoException).code))) return [];
    throw error;
  }
}

const right = (sentence: string): Seen => ({ isRight: true, sentence });
const wrong = (sentence: string): Seen => ({ isRight: false, sentence });
