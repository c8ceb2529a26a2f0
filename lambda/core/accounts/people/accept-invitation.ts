import { problem } from '../../kernel/problems.ts';
import type { Report } from '../../kernel/report.ts';
import { sha256Hex } from '../../kernel/sha256.ts';
import type { ManagePeopleDeps } from './invite-person.ts';
import { requireCommitted } from './invite-person.ts';
import { notify } from './notify.ts';
import type { Person } from './person.ts';
import { acceptedInvitationMail } from './service-mail.ts';

export interface AcceptInvitationDeps extends ManagePeopleDeps {
  readonly report: Report;
}

/**
 * Accepts an invitation, once, and tells who invited. It only says that mail to the address is read: who they are, the sign-in proves.
 * @throws Problem invitation.invalid or busy
 */
export async function acceptInvitation(deps: AcceptInvitationDeps, token: string): Promise<Person> {
  const before = await deps.people.findByInvitation(sha256Hex(token));
  if (!before?.invitation || Date.parse(before.invitation.endsAt) <= deps.clock() || before.status !== 'invited') {
    throw problem('invitation.invalid', 'This invitation has ended, was used, or never was one. Ask for a new one.');
  }
  const { invitation, ...others } = before;
  const after: Person = { ...others, status: 'active', version: before.version + 1 };
  const self = { kind: 'person', id: before.id } as const;
  const difference = { before: { status: before.status }, after: { status: after.status } };
  const outcome = await deps.people.commit(
    { before, after },
    deps.makeEvent(self, 'person.accepted', self, difference),
  );
  if (outcome === 'changed') throw problem('invitation.invalid', 'This invitation was used at the same moment.');
  requireCommitted(outcome);
  await tellInviter(deps, invitation.by, after.id);
  return after;
}

/** What was accepted stays so, whatever becomes of the mail. */
async function tellInviter(deps: AcceptInvitationDeps, inviterId: string | undefined, id: string): Promise<void> {
  if (inviterId === undefined) return;
  try {
    const inviter = await deps.people.find(inviterId);
    if (inviter) await notify(deps, inviter, 'invitationAccepted', acceptedInvitationMail(await deps.apiUrl(), id));
  } catch (error) {
    deps.report('notification-failed', error);
  }
}
