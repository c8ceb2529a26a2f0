import { LIMITS } from '../../../contract/limits.ts';
import type { StaleFolder } from '../../library/jobs/stale-folder.ts';
import { generationAt, staleKey } from '../../request/stale-folders.ts';
import type { EdgeSource } from '../published/edge-settings.ts';

export interface StaleFoldersSourceDeps {
  readonly staleFolders: { list(): Promise<readonly StaleFolder[]> };
}

/** Bytes of a value in the KeyValueStore (AWS, "Quotas on key value stores"). */
const VALUE_BYTES = 1024;

/** What stands around the folders of a value, with room for the count. */
const FRAME_BYTES = Buffer.byteLength('{"n":99,"r":[]}');

/** By path with a slash at its end, the generation. */
type Generations = ReadonlyMap<string, string>;

/**
 * The stale folders as entries of the KeyValueStore. Where they have no room, the deepest ones give way to the folder above
 * them: more pictures are made anew than need be, and no old one is delivered.
 */
export function staleFoldersSource({ staleFolders }: StaleFoldersSourceDeps): EdgeSource {
  return {
    entries: async () => {
      let generations: Generations = newest((await staleFolders.list()).flatMap(spellings));
      let values = toValues(generations);
      while (values.length > LIMITS.staleValuesAtEdge) {
        generations = withoutDeepest(generations);
        values = toValues(generations);
      }
      return new Map(values.map((parts, index) => [staleKey(index), toValue(values.length, parts)]));
    },
  };
}

/** The edge compares paths as they are asked for; macOS decomposes what is typed or copied there. */
function spellings({ path, since }: StaleFolder): [string, string][] {
  const generation = generationAt(Date.parse(since));
  return [path.normalize('NFC'), path.normalize('NFD')].map((spelled) => [
    fitting(`${spelled}/`, generation),
    generation,
  ]);
}

/** A folder whose path fills a value gives way, too. */
function fitting(prefix: string, generation: string): string {
  const fits = sizeOf([JSON.stringify([prefix, generation])]) <= VALUE_BYTES;
  return fits ? prefix : fitting(parentOf(prefix), generation);
}

function newest(entries: readonly (readonly [string, string])[]): Map<string, string> {
  const generations = new Map<string, string>();
  for (const [prefix, generation] of entries) {
    if (generation > (generations.get(prefix) ?? '')) generations.set(prefix, generation);
  }
  return generations;
}

function withoutDeepest(generations: Generations): Generations {
  const deepest = Math.max(...[...generations.keys()].map(levelsOf));
  return newest(
    [...generations].map(([prefix, generation]) => [
      levelsOf(prefix) === deepest ? parentOf(prefix) : prefix,
      generation,
    ]),
  );
}

const levelsOf = (prefix: string): number => prefix.split('/').length;
const parentOf = (prefix: string): string => prefix.slice(0, prefix.lastIndexOf('/', prefix.length - 2) + 1);

/** In an order that does not change, so that nothing is published twice. */
function toValues(generations: Generations): string[][] {
  const values: string[][] = [];
  for (const entry of [...generations].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const part = JSON.stringify(entry);
    const last = values.at(-1);
    if (last && sizeOf([...last, part]) <= VALUE_BYTES) last.push(part);
    else values.push([part]);
  }
  return values;
}

const sizeOf = (parts: readonly string[]): number => FRAME_BYTES + Buffer.byteLength(parts.join(','));

const toValue = (count: number, parts: readonly string[]): string => `{"n":${count},"r":[${parts.join(',')}]}`;
