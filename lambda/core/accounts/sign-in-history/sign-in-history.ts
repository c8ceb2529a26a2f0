import { LIMITS } from '../../../contract/limits.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Person } from '../people/person.ts';
import type { DataKeys } from '../people/personal-data.ts';
import { seal, unseal } from '../people/personal-data.ts';
import type { SignInSender } from './sign-in-sender.ts';

/** `one-factor`: it opens nothing before they sign in with two. `refused`: they proved who they are, and may not come in. */
export const SIGN_IN_RESULTS = ['signed-in', 'one-factor', 'refused', 'signed-out'] as const;

/** What is told of a sign-in or of its end. */
export interface SignInRecord extends SignInSender {
  readonly result: (typeof SIGN_IN_RESULTS)[number];
}

/** The same, encrypted under the person's own key: whoever erases the key has erased the history. */
export interface SealedSignIn {
  readonly personId: string;
  /** ISO 8601 with milliseconds and Z. */
  readonly at: string;
  /** Tells two of one millisecond apart. */
  readonly id: string;
  readonly sealed: string;
}

/** Where the history is, which forgets by itself. */
export interface SignInHistory {
  readonly add: (entry: SealedSignIn) => Promise<void>;
  /** The newest first. @param since ISO 8601; what is older is forgotten, even if it is still there */
  readonly list: (personId: string, since: string, limit: number) => Promise<readonly SealedSignIn[]>;
}

export interface SignInHistoryDeps {
  readonly signIns: SignInHistory;
  readonly dataKeys: DataKeys;
  readonly clock: Clock;
  readonly hexId: () => string;
  /** Bytes that nobody can guess. */
  readonly randomBytes: (count: number) => Uint8Array;
}

const DAY = 86_400_000;
const NONCE_BYTES = 12;

/** @throws when the person has no key any more */
export async function sealedSignIn(
  { dataKeys, clock, hexId, randomBytes }: Omit<SignInHistoryDeps, 'signIns'>,
  personId: string,
  record: SignInRecord,
): Promise<SealedSignIn> {
  const key = await dataKeys.open(personId);
  const sealed = seal(key, personId, 'sign-in', record, randomBytes(NONCE_BYTES));
  return { personId, at: new Date(clock()).toISOString(), id: hexId(), sealed };
}

/** Notes that somebody of ours proved who they are and was refused; strangers are noted nowhere. */
export async function noteRefusedSignIn(deps: SignInHistoryDeps, { id }: Person, sender: SignInSender): Promise<void> {
  await deps.signIns.add(await sealedSignIn(deps, id, { ...sender, result: 'refused' }));
}

/** The last sign-ins of a person, the newest first. */
export async function listSignIns(deps: SignInHistoryDeps, { id }: Person) {
  const since = new Date(deps.clock() - LIMITS.signInDays * DAY).toISOString();
  const entries = await deps.signIns.list(id, since, LIMITS.signInsListed);
  if (entries.length === 0) return [];
  const key = await deps.dataKeys.open(id);
  return entries.map(({ at, sealed }) => ({ at, ...(unseal(key, id, 'sign-in', sealed) as SignInRecord) }));
}
