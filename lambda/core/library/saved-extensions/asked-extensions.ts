import { problem } from '../../kernel/problems.ts';
import { listSavedExtensions } from './manage-saved-extensions.ts';
import type { SavedExtensionStore } from './saved-extension-store.ts';

/** What a call names to ask for a saved extension. */
export const SAVED_EXTENSION = 'saved-extension';

/** An extension that an upload or an update asks for. */
export interface AskedExtension {
  readonly name: string;
  /** Of a saved one. */
  readonly id?: string | undefined;
}

/**
 * Names of the extensions that are meant, each once: a saved one stands for what it is of.
 * @throws Problem input.invalid for a saved one that is not there
 */
export async function namesOfAsked(
  deps: { readonly savedExtensions: SavedExtensionStore },
  asked: readonly AskedExtension[],
): Promise<readonly string[]> {
  const saved = asked.some(({ name }) => name === SAVED_EXTENSION) ? await listSavedExtensions(deps) : [];
  const names = asked.map(({ name, id = '' }) => {
    if (name !== SAVED_EXTENSION) return name;
    const found = saved.find((one) => one.id === id);
    if (!found) throw problem('input.invalid', `extensions: no saved extension has the id "${id.slice(0, 60)}".`);
    return found.config.name;
  });
  return [...new Set(names)];
}
