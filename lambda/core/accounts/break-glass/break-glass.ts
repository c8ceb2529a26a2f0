import type { GlassAnswer, GlassRequest } from '../../../contract/break-glass.ts';
import { LIMITS } from '../../../contract/limits.ts';
import type { RecordEvent } from '../../audit/record-event.ts';
import type { Caller } from '../../kernel/caller.ts';
import { onBehalfOf } from '../owner.ts';
import { readProfile } from '../people/change-person.ts';
import type { Invited, ManagePeopleDeps } from '../people/invite-person.ts';
import { inviteAnew, invitePerson } from '../people/invite-person.ts';
import { mailDigest, parseMailAddress } from '../people/mail-address.ts';
import { isActiveOwner, OWNER_ROLE } from '../people/person.ts';
import { brokenGlassMail } from '../people/service-mail.ts';
import type { ManageKeysDeps } from '../restricted-keys/manage-keys.ts';
import { createKey } from '../restricted-keys/manage-keys.ts';

export interface BreakGlassDeps extends ManagePeopleDeps, ManageKeysDeps {
  readonly record: RecordEvent;
}

/** Who comes in by IAM. Which of the account's principals it was, CloudTrail tells. */
export const GLASS: Caller = onBehalfOf({ kind: 'break-glass', id: 'break-glass' });

/**
 * The way in that asks for no sign-in and no key of ours. First it is written down and the owners are told, then the door opens: an
 * owner's invitation that can be used once, or an administrator's key that ends within the hour.
 * @throws Problem as inviting a person and making a key do
 */
export async function breakGlass(deps: BreakGlassDeps, request: GlassRequest): Promise<GlassAnswer> {
  const { action, reason } = request;
  const object = { kind: 'deployment', id: 'deployment' };
  await deps.record(deps.makeEvent(GLASS, 'glass.broken', object, { after: { action, reason } }));
  await tellOwners(deps, request);
  return request.action === 'open' ? openDoor(deps, reason) : inviteOwner(deps, request);
}

async function openDoor(deps: BreakGlassDeps, reason: string): Promise<GlassAnswer> {
  const endsAt = new Date(deps.clock() + LIMITS.breakGlassSeconds * 1000).toISOString();
  const name = `Break glass: ${reason}`.slice(0, LIMITS.keyNameCharacters);
  const { key } = await createKey(deps, GLASS, { name, rights: { role: 'admin' }, endsAt });
  return { key, endsAt };
}

/** Who is invited already, as an owner, is invited anew: the link before is worth nothing then. */
async function inviteOwner(deps: BreakGlassDeps, { mail, name }: { mail: string; name: string }): Promise<GlassAnswer> {
  const digest = mailDigest(await deps.dataKeys.pepper(), parseMailAddress(mail));
  const present = await deps.people.findByMail(digest);
  const waits = present?.status === 'invited' && present.roles.some(({ role }) => role === OWNER_ROLE);
  const { person, token }: Invited = waits
    ? await inviteAnew(deps, GLASS, present, await readProfile(deps, present))
    : await invitePerson(deps, GLASS, { mail, name, roles: [{ role: OWNER_ROLE }] });
  return { invitationToken: token, endsAt: person.invitation?.endsAt ?? '' };
}

/** A mail that cannot be sent is reported and keeps nobody out: the post may be what is broken. */
async function tellOwners(deps: BreakGlassDeps, { action, reason }: GlassRequest): Promise<void> {
  const owners = (await deps.people.list()).filter(isActiveOwner);
  const mail = brokenGlassMail(action, reason, new Date(deps.clock()).toISOString());
  await Promise.all(owners.map(async (owner) => deps.sendMail((await readProfile(deps, owner)).mail, mail)));
}
