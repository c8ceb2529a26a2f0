/** Address of the first owner on this machine; no mail leaves it. */
const OWNER = { mail: 'owner@example.com', name: 'First owner', roles: [{ role: 'owner' }] };

interface Listed {
  readonly id: string;
  readonly mail: string;
  readonly status: string;
}

/**
 * Invites the first owner, unless somebody accepted already. A start invites anew: the link of the one before is worth nothing.
 * @returns the link, or undefined when there is an owner
 */
export async function inviteOwner(api: string, privateKey: string): Promise<string | undefined> {
  const call = async (method: string, path: string, body?: object) => {
    const headers = { authorization: `Basic ${btoa(`${privateKey}:`)}`, 'content-type': 'application/json' };
    const answer = await fetch(`${api}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    return (await answer.json()) as unknown;
  };
  const people = (await call('GET', '/v1/people')) as readonly Listed[];
  const present = people.find(({ mail }) => mail === OWNER.mail);
  if (people.length > 0 && present?.status !== 'invited') return undefined;
  const made = present ? call('POST', `/v1/people/${present.id}/invitation`) : call('POST', '/v1/people', OWNER);
  const { invitationToken } = (await made) as { readonly invitationToken: string };
  return `${api}/auth/invitation?token=${invitationToken}`;
}
