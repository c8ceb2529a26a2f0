import { LIMITS } from '../../../contract/limits.ts';
import { requireSomewhere } from '../../accounts/policy.ts';
import type { AuditEvent } from '../../audit/event.ts';
import type { MakeEvent } from '../../audit/event-maker.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Clock } from '../../kernel/clock.ts';
import { problem } from '../../kernel/problems.ts';
import type { SavedSearch } from './saved-search.ts';
import type { SavedSearchChange, SavedSearchStore } from './saved-search-store.ts';

export interface ManageSavedSearchesDeps {
  readonly savedSearches: SavedSearchStore;
  readonly clock: Clock;
  /** 24 hexadecimal characters. */
  readonly hexId: () => string;
  readonly makeEvent: MakeEvent;
}

type Reading = Pick<ManageSavedSearchesDeps, 'savedSearches'>;
type Choices = Pick<SavedSearch, 'name' | 'searchQuery' | 'path' | 'sort' | 'isShared'>;

/** What a caller changes; what is missing stays, and a path that is null is taken away. */
export type SavedSearchUpdate = {
  readonly [Name in keyof Choices]?: Choices[Name] | (Name extends 'path' ? null : never) | undefined;
};

/** Tries of a change that others keep overtaking. */
const ROUNDS = 10;

/** The caller's own and the shared ones, oldest first. */
export async function listSavedSearches({ savedSearches }: Reading, caller: Caller): Promise<readonly SavedSearch[]> {
  return (await savedSearches.read()).searches.filter((search) => isSeen(caller, search));
}

/** @throws Problem saved-search.not-found, for one of somebody else that is not shared, too */
export async function getSavedSearch(deps: Reading, caller: Caller, id: string): Promise<SavedSearch> {
  return seenWithId((await deps.savedSearches.read()).searches, caller, id);
}

/** @throws Problem saved-search.limit, permission.missing for a shared one, or busy */
export async function createSavedSearch(
  deps: ManageSavedSearchesDeps,
  caller: Caller,
  choices: Choices,
): Promise<SavedSearch> {
  if (choices.isShared) requireSomewhere(caller, 'files.update');
  const createdAt = new Date(deps.clock()).toISOString();
  const made = { id: deps.hexId(), ...choices, owner: caller.id, createdAt, updatedAt: createdAt };
  await change(deps, (searches) => {
    if (searches.filter(({ owner }) => owner === caller.id).length >= LIMITS.savedSearches) {
      throw problem('saved-search.limit', `One person or key may have at most ${LIMITS.savedSearches} saved searches.`);
    }
    return [{ put: made }, deps.makeEvent(caller, 'saved-search.created', objectOf(made.id), { after: made })];
  });
  return made;
}

/** @throws Problem saved-search.not-found, permission.missing or busy */
export async function updateSavedSearch(
  deps: ManageSavedSearchesDeps,
  caller: Caller,
  id: string,
  update: SavedSearchUpdate,
): Promise<SavedSearch> {
  const updatedAt = new Date(deps.clock()).toISOString();
  const done = await change(deps, (searches) => {
    const before = changeable(searches, caller, id);
    const after = { ...updated(before, update), updatedAt };
    if (after.isShared) requireSomewhere(caller, 'files.update');
    const difference = { before: { ...before }, after: { ...after } };
    return [{ put: after }, deps.makeEvent(caller, 'saved-search.updated', objectOf(id), difference)];
  });
  return 'put' in done ? done.put : done.remove;
}

/** @throws Problem saved-search.not-found, permission.missing or busy */
export async function deleteSavedSearch(deps: ManageSavedSearchesDeps, caller: Caller, id: string): Promise<void> {
  await change(deps, (searches) => {
    const before = changeable(searches, caller, id);
    const event = deps.makeEvent(caller, 'saved-search.deleted', objectOf(id), { before: { ...before } });
    return [{ remove: before }, event];
  });
}

function updated({ path, ...before }: SavedSearch, update: SavedSearchUpdate): SavedSearch {
  const nextPath = update.path === undefined ? path : (update.path ?? undefined);
  return {
    ...before,
    name: update.name ?? before.name,
    searchQuery: update.searchQuery ?? before.searchQuery,
    sort: update.sort ?? before.sort,
    isShared: update.isShared ?? before.isShared,
    ...(nextPath !== undefined && { path: nextPath }),
  };
}

const isSeen = (caller: Caller, { owner, isShared }: SavedSearch): boolean => isShared || owner === caller.id;

function seenWithId(searches: readonly SavedSearch[], caller: Caller, id: string): SavedSearch {
  const found = searches.find((one) => one.id === id && isSeen(caller, one));
  if (!found) throw problem('saved-search.not-found', 'No saved search has this id.');
  return found;
}

/** Its owner changes it; a shared one also whoever may share one. */
function changeable(searches: readonly SavedSearch[], caller: Caller, id: string): SavedSearch {
  const found = seenWithId(searches, caller, id);
  if (found.owner !== caller.id) requireSomewhere(caller, 'files.update');
  return found;
}

type Decide = (searches: readonly SavedSearch[]) => readonly [SavedSearchChange, AuditEvent];

/** Decides on what is stored, and again when others were faster. @throws Problem busy */
async function change({ savedSearches }: Reading, decide: Decide): Promise<SavedSearchChange> {
  for (let round = 0; round < ROUNDS; round++) {
    const { searches, version } = await savedSearches.read();
    const [wanted, event] = decide(searches);
    if (await savedSearches.commit(wanted, version, event)) return wanted;
  }
  throw problem('busy', 'The saved searches are changed by others all the time. Try again.');
}

const objectOf = (id: string) => ({ kind: 'saved-search', id });
