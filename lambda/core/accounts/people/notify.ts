import { readProfile } from './change-person.ts';
import type { ManagePeopleDeps } from './invite-person.ts';
import type { NotificationKind } from './notification-choices.ts';
import { choicesOf } from './notification-choices.ts';
import type { Person } from './person.ts';
import type { ServiceMail } from './service-mail.ts';

export type NotifyDeps = Pick<ManagePeopleDeps, 'dataKeys' | 'sendMail'>;

/** `muted`: they turned it off, or may not sign in. `failed` was reported. */
export type NotifyOutcome = 'sent' | 'muted' | 'failed';

/** Mails a person, unless they turned that kind of mail off or may not sign in. */
export async function notify(
  deps: NotifyDeps,
  person: Person,
  kind: NotificationKind,
  mail: ServiceMail,
): Promise<NotifyOutcome> {
  if (person.status !== 'active') return 'muted';
  const profile = await readProfile(deps, person);
  if (!choicesOf(profile.muted)[kind]) return 'muted';
  return (await deps.sendMail(profile.mail, mail)) ? 'sent' : 'failed';
}
