import { readFileSync, writeFileSync } from 'node:fs';

/** Address of the first owner on this machine; no mail leaves it. */
const OWNER = { mail: 'owner@example.com', name: 'First owner', roles: [{ role: 'owner' }] };

interface Listed {
  readonly id: string;
  readonly mail: string;
  readonly status: string;
}

interface Invited {
  readonly invitationToken: string;
  readonly invitationEndsAt: string;
}

/** An invitation that was printed before; without one there is an owner. */
type Kept = { readonly invited?: Invited };

/**
 * The link with which the first owner signs in. It is kept in a file until it ends, so that a start need not ask the API, and the
 * one that was printed before goes on working. Used or not is seen where it leads.
 * @returns the link, or undefined when there is an owner
 */
export async function inviteOwner(api: string, privateKey: string, file: string): Promise<string | undefined> {
  const kept = readKept(file);
  const { invited } = kept && !hasEnded(kept) ? kept : await inviteAnew(api, privateKey, file);
  return invited && `${api}/auth/invitation?token=${invited.invitationToken}`;
}

const hasEnded = ({ invited }: Kept): boolean =>
  invited !== undefined && Date.parse(invited.invitationEndsAt) <= Date.now();

/** A file that is missing or damaged only costs a question to the API. */
function readKept(file: string): Kept | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Kept;
  } catch {
    return undefined;
  }
}

/** Invites the first owner, unless somebody accepted already. The link of the one before is worth nothing then. */
async function inviteAnew(api: string, privateKey: string, file: string): Promise<Kept> {
  const call = async (method: string, path: string, body?: object) => {
    const headers = { authorization: `Basic ${btoa(`${privateKey}:`)}`, 'content-type': 'application/json' };
    const answer = await fetch(`${api}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    return (await answer.json()) as unknown;
  };
  const people = (await call('GET', '/v1/people')) as readonly Listed[];
  const present = people.find(({ mail }) => mail === OWNER.mail);
  const isThere = people.length > 0 && present?.status !== 'invited';
  const made = present ? `/v1/people/${present.id}/invitation` : '/v1/people';
  const now: Kept = isThere ? {} : { invited: (await call('POST', made, present ? undefined : OWNER)) as Invited };
  writeFileSync(file, JSON.stringify(now), { mode: 0o600 });
  return now;
}
