import { randomBytes } from 'node:crypto';
import type { AssemblyPlan } from './assembly/plan-assembly.ts';
import { resourcesOf } from './assembly/planned.ts';
import type { Credentials } from './sigv4/sign.ts';

/** Who signs requests inside the local cloud. Made anew at every start. */
export interface Principals {
  /** By what `Ref` gives for the function. */
  readonly functions: ReadonlyMap<string, Credentials>;
  /** CloudFront's origin access control: may read the buckets that let CloudFront in, and call Function URLs. */
  readonly cdn: Credentials;
  /** Whose account it is. The program may tell them; nobody else knows any. */
  readonly owner: Credentials;
}

export function makePrincipals(plan: AssemblyPlan): Principals {
  return {
    functions: new Map(
      ['AWS::Lambda::Function', 'AWS::Lambda::WebFunction']
        .flatMap((type) => resourcesOf(plan, type))
        .map(({ ref }) => [ref, credentials()]),
    ),
    cdn: credentials(),
    owner: credentials(),
  };
}

/** Of the form that AWS gives to roles. */
function credentials(): Credentials {
  return {
    accessKeyId: `ASIA${randomBytes(8).toString('hex').toUpperCase()}`,
    secretAccessKey: randomBytes(30).toString('base64url'),
  };
}
