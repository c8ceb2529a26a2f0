import { LIMITS } from '../../../contract/limits.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Report } from '../../kernel/report.ts';
import type { HeldRolesDeps } from '../people/held-roles.ts';
import { personCaller } from '../people/held-roles.ts';
import type { NotifyDeps, NotifyOutcome } from '../people/notify.ts';
import { notify } from '../people/notify.ts';
import type { Person } from '../people/person.ts';
import type { PersonStore } from '../people/person-store.ts';
import { endingKeysMail } from '../people/service-mail.ts';
import { isAllowed } from '../policy.ts';
import type { KeyStore } from '../restricted-keys/key-store.ts';
import type { RestrictedKey } from '../restricted-keys/restricted-key.ts';

export interface TellOfEndingKeysDeps extends NotifyDeps, HeldRolesDeps {
  readonly keys: Pick<KeyStore, 'read'>;
  readonly people: Pick<PersonStore, 'list'>;
  readonly clock: Clock;
  readonly apiUrl: () => Promise<string | undefined>;
  readonly report: Report;
}

const DAY = 86_400_000;

/** Days before its end on which a key is told of. */
const DAYS_BEFORE: readonly number[] = [LIMITS.keyEndingDays, 1];

/**
 * Mails everybody who may replace them which keys end in a week or tomorrow. It is meant to run once a day, and keeps nothing. One that
 * was replaced already is not told of.
 * @throws Error when a mail could not be sent, after all were tried
 */
export async function tellOfEndingKeys(deps: TellOfEndingKeysDeps): Promise<void> {
  const today = Math.floor(deps.clock() / DAY);
  const ending = (await deps.keys.read()).keys.map(({ key }) => key).filter((key) => isToTell(key, today));
  if (ending.length === 0) return;
  const mail = endingKeysMail(
    await deps.apiUrl(),
    ending.map(({ name, start, endsAt = '' }) => ({ name, start, endsAt })),
  );
  const outcomes: NotifyOutcome[] = [];
  for (const person of await deps.people.list()) {
    if (await mayReplace(deps, person)) outcomes.push(await notifyOne(deps, person, mail));
  }
  if (outcomes.includes('failed')) throw new Error('Not everybody could be told of keys that end.');
}

const isToTell = ({ endsAt, replacedBy }: RestrictedKey, today: number): boolean =>
  endsAt !== undefined &&
  replacedBy === undefined &&
  DAYS_BEFORE.includes(Math.floor(Date.parse(endsAt) / DAY) - today);

const mayReplace = async (deps: HeldRolesDeps, person: Person): Promise<boolean> =>
  person.status === 'active' && isAllowed(await personCaller(deps, person), 'keys.write');

async function notifyOne(
  deps: TellOfEndingKeysDeps,
  person: Person,
  mail: ReturnType<typeof endingKeysMail>,
): Promise<NotifyOutcome> {
  try {
    return await notify(deps, person, 'keyEnding', mail);
  } catch (error) {
    deps.report('notification-failed', error);
    return 'failed';
  }
}
