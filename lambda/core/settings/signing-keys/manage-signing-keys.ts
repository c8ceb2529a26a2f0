import { LIMITS } from '../../../contract/limits.ts';
import type { AuditEvent } from '../../audit/event.ts';
import type { MakeEvent } from '../../audit/event-maker.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Clock } from '../../kernel/clock.ts';
import { problem } from '../../kernel/problems.ts';
import type { SigningKey } from './signing-keys.ts';
import { hasKeyEnded, PRIVATE_KEY_ID } from './signing-keys.ts';
import type { DeploymentSecret } from './signing-secret.ts';

/** Where the keys are. Every read is a fresh one. */
export interface SigningSecretStore {
  read(): Promise<DeploymentSecret>;
  /** Replaces the further signing keys; everything else in the secret stays. */
  commit(keys: readonly SigningKey[], event: AuditEvent): Promise<void>;
}

/** Notes of which key signed what, to see whether a key is still in use. */
export interface SigningKeyUses {
  /** Id of the key -> when it was last seen, ISO 8601. */
  list(): Promise<ReadonlyMap<string, string>>;
}

export interface ManageSigningKeysDeps {
  readonly signingSecrets: SigningSecretStore;
  readonly keyUses: SigningKeyUses;
  readonly clock: Clock;
  /** A new id; lower-case hexadecimal. */
  readonly keyId: () => string;
  /** A new key that nobody can guess. */
  readonly newKey: () => string;
  readonly makeEvent: MakeEvent;
}

/** A key as it is listed: never the key itself. */
export interface ListedSigningKey {
  readonly id: string;
  readonly state: 'active' | 'pending' | 'ended';
  readonly createdAt?: string;
  readonly startsAt?: string;
  readonly endsAt?: string;
  /** When the transformer last made or fetched something for a URL that this key signed; to the minute. */
  readonly lastUsedAt?: string;
}

/** When a key's signatures are valid; without a time, always. ISO 8601 with milliseconds and Z. */
export interface SigningKeyInput {
  readonly startsAt?: string | undefined;
  readonly endsAt?: string | undefined;
}

/**
 * Makes a key. It is given back here and never again.
 * @throws signing-key.invalid or signing-key.limit
 */
export async function createSigningKey(
  deps: ManageSigningKeysDeps,
  caller: Caller,
  input: SigningKeyInput,
): Promise<SigningKey> {
  const now = deps.clock();
  const times = timesOf(input, now);
  const { signingKeys } = await deps.signingSecrets.read();
  const lasting = signingKeys.filter((key) => !hasKeyEnded(key, now));
  if (lasting.length >= LIMITS.signingKeys) {
    throw problem(
      'signing-key.limit',
      `There may be at most ${LIMITS.signingKeys} signing keys beside the private key.`,
    );
  }
  const made: SigningKey = { id: deps.keyId(), key: deps.newKey(), createdAt: new Date(now).toISOString(), ...times };
  const { key: _, ...after } = made;
  await deps.signingSecrets.commit(
    [...lasting, made],
    deps.makeEvent(caller, 'signing-key.created', objectOf(made.id), { after }),
  );
  return made;
}

/**
 * Ends a key at once. The private key is not ended here: it is the key of the API as well.
 * @throws signing-key.not-found
 */
export async function endSigningKey(deps: ManageSigningKeysDeps, caller: Caller, id: string): Promise<void> {
  const { signingKeys } = await deps.signingSecrets.read();
  const ended = signingKeys.find((key) => key.id === id);
  if (!ended) throw problem('signing-key.not-found', 'No signing key has this id.');
  const { key: _, ...before } = ended;
  const lasting = signingKeys.filter((key) => key.id !== id);
  await deps.signingSecrets.commit(lasting, deps.makeEvent(caller, 'signing-key.ended', objectOf(id), { before }));
}

const objectOf = (id: string) => ({ kind: 'signing-key', id });

/** All keys, the private key first. */
export async function listSigningKeys(deps: ManageSigningKeysDeps): Promise<ListedSigningKey[]> {
  const [{ signingKeys }, uses] = await Promise.all([deps.signingSecrets.read(), deps.keyUses.list()]);
  const used = (id: string) => {
    const lastUsedAt = uses.get(id);
    return lastUsedAt === undefined ? {} : { lastUsedAt };
  };
  const listed = signingKeys.map(({ key: _, ...shown }) => ({ ...shown, state: stateOf(shown, deps.clock()) }));
  return [
    { id: PRIVATE_KEY_ID, state: 'active', ...used(PRIVATE_KEY_ID) },
    ...listed.map((key) => ({ ...key, ...used(key.id) }) as ListedSigningKey),
  ];
}

export function stateOf(key: Pick<SigningKey, 'startsAt' | 'endsAt'>, now: number): ListedSigningKey['state'] {
  if (hasKeyEnded(key, now)) return 'ended';
  return key.startsAt !== undefined && Date.parse(key.startsAt) > now ? 'pending' : 'active';
}

function timesOf({ startsAt, endsAt }: SigningKeyInput, now: number): Pick<SigningKey, 'startsAt' | 'endsAt'> {
  if (endsAt !== undefined && Date.parse(endsAt) <= Math.max(now, startsAt === undefined ? 0 : Date.parse(startsAt))) {
    throw problem('signing-key.invalid', 'endsAt must be in the future and after startsAt.');
  }
  return { ...(startsAt !== undefined && { startsAt }), ...(endsAt !== undefined && { endsAt }) };
}
