import { isWithin } from '../cached.lean.ts';
import type { Environment } from '../signed-http/service-endpoint.lean.ts';
import { stsEndpoint } from '../signed-http/service-endpoint.lean.ts';
import { AwsCallError, signedFetch } from '../signed-http/signed-fetch.lean.ts';

/** Credentials of an assumed role. */
export interface RoleCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** Milliseconds for one attempt. */
const TIMEOUT = 4_000;

/** The least that STS gives. */
const SESSION_SECONDS = 900;

/** Milliseconds before their end at which credentials are not used any more. */
const MARGIN = 120_000;

type AssumeRole = (roleArn: string, externalId: string) => Promise<RoleCredentials | undefined>;

/**
 * Assumes roles in other accounts (STS, "AssumeRole") and remembers them for most of a session. The external id is the
 * origin's, never the caller's choice: otherwise one owner could name another owner's role (AWS, "The confused deputy
 * problem").
 * @returns undefined when STS denies, or takes the request for one that cannot be fulfilled
 */
export function roleAssumer(environment: Environment, now = Date.now): AssumeRole {
  const known = new Map<string, { readonly assumedAt: number; readonly role: Promise<RoleCredentials | undefined> }>();
  return (roleArn, externalId) => {
    const name = `${roleArn} ${externalId}`;
    const found = known.get(name);
    if (found && isWithin(SESSION_SECONDS * 1000 - MARGIN, found.assumedAt, now())) return found.role;
    const role = assume(environment, roleArn, externalId);
    known.set(name, { assumedAt: now(), role });
    const remove = () => known.delete(name);
    role.then((given) => given ?? remove(), remove);
    return role;
  };
}

async function assume(environment: Environment, roleArn: string, externalId: string) {
  const body = new URLSearchParams({
    Action: 'AssumeRole',
    Version: '2011-06-15',
    RoleArn: roleArn,
    RoleSessionName: 'vitrine-origin',
    ExternalId: externalId,
    DurationSeconds: String(SESSION_SECONDS),
  });
  try {
    return await signedFetch('sts', environment)(
      `${stsEndpoint(environment)}/`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
        body: body.toString(),
        timeout: TIMEOUT,
      },
      async (answer) => readCredentials(await answer.text()),
    );
  } catch (error) {
    if (error instanceof AwsCallError && error.status < 500) return undefined;
    throw error;
  }
}

function readCredentials(xml: string): RoleCredentials {
  const textOf = (name: string): string => {
    const text = new RegExp(`<${name}>([^<]+)</${name}>`).exec(xml)?.[1];
    if (!text) throw new Error(`STS gave credentials without ${name}.`);
    return text.trim();
  };
  return {
    accessKeyId: textOf('AccessKeyId'),
    secretAccessKey: textOf('SecretAccessKey'),
    sessionToken: textOf('SessionToken'),
  };
}
