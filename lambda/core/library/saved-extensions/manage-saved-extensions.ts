import { LIMITS } from '../../../contract/limits.ts';
import type { MakeEvent } from '../../audit/event-maker.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Clock } from '../../kernel/clock.ts';
import { problem } from '../../kernel/problems.ts';
import type { SavedExtension } from './saved-extension.ts';
import type { SavedExtensionChange, SavedExtensionStore } from './saved-extension-store.ts';

export interface ManageSavedExtensionsDeps {
  readonly savedExtensions: SavedExtensionStore;
  readonly clock: Clock;
  /** 24 hexadecimal characters. */
  readonly hexId: () => string;
  readonly makeEvent: MakeEvent;
}

type Choices = Pick<SavedExtension, 'name' | 'description' | 'config'>;

/** What a caller changes; what is missing stays. */
export type SavedExtensionUpdate = { readonly [Name in keyof Choices]?: Choices[Name] | undefined };

/** Tries of a change that others keep overtaking. */
const ROUNDS = 10;

/** Oldest first. */
export async function listSavedExtensions({ savedExtensions }: Pick<ManageSavedExtensionsDeps, 'savedExtensions'>) {
  return (await savedExtensions.read()).extensions;
}

/** @throws Problem saved-extension.not-found */
export async function getSavedExtension(
  deps: Pick<ManageSavedExtensionsDeps, 'savedExtensions'>,
  id: string,
): Promise<SavedExtension> {
  return withId(await listSavedExtensions(deps), id);
}

/** @throws Problem saved-extension.limit or busy */
export async function createSavedExtension(
  deps: ManageSavedExtensionsDeps,
  caller: Caller,
  { name, description, config }: Choices,
): Promise<SavedExtension> {
  const createdAt = new Date(deps.clock()).toISOString();
  const made = { id: deps.hexId(), name, description, config, createdAt, updatedAt: createdAt };
  const event = deps.makeEvent(caller, 'extension.created', objectOf(made.id), { after: made });
  await change(deps, (extensions) => {
    if (extensions.length >= LIMITS.savedExtensions) {
      throw problem('saved-extension.limit', `There may be at most ${LIMITS.savedExtensions} saved extensions.`);
    }
    return [{ put: made }, event];
  });
  return made;
}

/** @throws Problem saved-extension.not-found or busy */
export async function updateSavedExtension(
  deps: ManageSavedExtensionsDeps,
  caller: Caller,
  id: string,
  { name, description, config }: SavedExtensionUpdate,
): Promise<SavedExtension> {
  const updatedAt = new Date(deps.clock()).toISOString();
  const done = await change(deps, (extensions) => {
    const before = withId(extensions, id);
    const after: SavedExtension = {
      ...before,
      ...(name !== undefined && { name }),
      ...(description !== undefined && { description }),
      ...(config !== undefined && { config }),
      updatedAt,
    };
    const difference = { before: { ...before }, after: { ...after } };
    return [{ put: after }, deps.makeEvent(caller, 'extension.updated', objectOf(id), difference)];
  });
  return 'put' in done ? done.put : done.remove;
}

/** @throws Problem saved-extension.not-found or busy */
export async function deleteSavedExtension(deps: ManageSavedExtensionsDeps, caller: Caller, id: string): Promise<void> {
  await change(deps, (extensions) => {
    const before = withId(extensions, id);
    return [{ remove: before }, deps.makeEvent(caller, 'extension.deleted', objectOf(id), { before: { ...before } })];
  });
}

type Decide = (
  extensions: readonly SavedExtension[],
) => readonly [SavedExtensionChange, Parameters<SavedExtensionStore['commit']>[2]];

/** Decides on what is stored, and again when others were faster. @throws Problem busy */
async function change({ savedExtensions }: ManageSavedExtensionsDeps, decide: Decide): Promise<SavedExtensionChange> {
  for (let round = 0; round < ROUNDS; round++) {
    const { extensions, version } = await savedExtensions.read();
    const [wanted, event] = decide(extensions);
    if (await savedExtensions.commit(wanted, version, event)) return wanted;
  }
  throw problem('busy', 'The saved extensions are changed by others all the time. Try again.');
}

function withId(extensions: readonly SavedExtension[], id: string): SavedExtension {
  const found = extensions.find((one) => one.id === id);
  if (!found) throw problem('saved-extension.not-found', 'No saved extension has this id.');
  return found;
}

const objectOf = (id: string) => ({ kind: 'extension', id });
