import type { Report } from '../../kernel/report.ts';
import type { ManagePeopleDeps } from '../people/invite-person.ts';
import { notify } from '../people/notify.ts';
import type { Person } from '../people/person.ts';
import { newSignInMail } from '../people/service-mail.ts';
import type { SignInHistoryDeps } from '../sign-in-history/sign-in-history.ts';
import { listSignIns } from '../sign-in-history/sign-in-history.ts';
import type { SignInSender } from '../sign-in-history/sign-in-sender.ts';

export interface TellOfNewSignInDeps
  extends SignInHistoryDeps,
    Pick<ManagePeopleDeps, 'dataKeys' | 'sendMail' | 'apiUrl'> {
  readonly report: Report;
}

/** Whether nobody came in as this person with such a browser from such a network while their history goes back. */
export async function isNewSender(deps: SignInHistoryDeps, person: Person, sender: SignInSender): Promise<boolean> {
  const entries = await listSignIns(deps, person);
  return !entries.some((entry) => entry.result === 'signed-in' && isSame(entry, sender));
}

const isSame = (one: SignInSender, other: SignInSender): boolean =>
  one.network === other.network && one.browser === other.browser && one.system === other.system;

/** Who signed in is in, whatever becomes of the mail. */
export async function tellOfNewSignIn(deps: TellOfNewSignInDeps, person: Person, sender: SignInSender): Promise<void> {
  try {
    const mail = newSignInMail(await deps.apiUrl(), new Date(deps.clock()).toISOString(), sender);
    await notify(deps, person, 'newSignIn', mail);
  } catch (error) {
    deps.report('notification-failed', error);
  }
}
