import { KeptItems } from '../tasks/kept-items.ts';
import type { SelectedFile } from './selected-file.ts';

/** Files that something is done with, in parts. */
export interface FileParts {
  readonly count: number;
  readonly parts: () => AsyncIterable<readonly SelectedFile[]>;
}

/** Files that are selected, and what is known of all of them together, however many they are. */
export interface ChosenFiles extends FileParts {
  readonly bytes: number;
  /** The first of them, to be shown. */
  readonly sample: readonly SelectedFile[];
  /** States that at least one of them has. */
  readonly states: ReadonlySet<FileState>;
  /** How many have a tag. */
  readonly tags: ReadonlyMap<string, number>;
}

export type FileState = 'private' | 'public' | 'published' | 'draft';

/** Files of the sample. */
const SAMPLE = 5;

/** Gathers files part by part, and puts them aside. */
export class FileCollector {
  readonly #kept = new KeptItems<SelectedFile>();
  readonly #summary = new Summary();

  get count(): number {
    return this.#kept.count;
  }

  add(files: readonly SelectedFile[]): void {
    this.#kept.add(files);
    this.#summary.add(files);
  }

  /** What was gathered. */
  files(): ChosenFiles {
    return { ...this.#summary.told(), count: this.#kept.count, parts: () => this.#kept.parts() };
  }
}

/** A few files, which are at hand. */
export function theseFiles(files: readonly SelectedFile[]): ChosenFiles {
  const summary = new Summary();
  summary.add(files);
  return {
    ...summary.told(),
    count: files.length,
    async *parts() {
      yield files;
    },
  };
}

/** All of some files but a few, which are among them. */
export function filesWithout(all: ChosenFiles, left: ReadonlyMap<string, SelectedFile>): ChosenFiles {
  if (left.size === 0) return all;
  const isMeant = ({ fileId }: SelectedFile) => !left.has(fileId);
  const bytes = [...left.values()].reduce((sum, { size }) => sum + size, 0);
  return {
    ...all,
    count: all.count - left.size,
    bytes: all.bytes - bytes,
    sample: all.sample.filter(isMeant),
    async *parts() {
      for await (const part of all.parts()) yield part.filter(isMeant);
    },
  };
}

/** Their ids, all at once. */
export async function idsOf({ parts }: FileParts): Promise<string[]> {
  const ids: string[] = [];
  for await (const part of parts()) ids.push(...part.map(({ fileId }) => fileId));
  return ids;
}

class Summary {
  #bytes = 0;
  #sample: readonly SelectedFile[] = [];
  readonly #states = new Set<FileState>();
  readonly #tags = new Map<string, number>();

  add(files: readonly SelectedFile[]): void {
    this.#sample = [...this.#sample, ...files.slice(0, SAMPLE)].slice(0, SAMPLE);
    for (const { size, tags, isPrivateFile, isPublished } of files) {
      this.#bytes += size;
      this.#states.add(isPrivateFile ? 'private' : 'public').add(isPublished ? 'published' : 'draft');
      for (const tag of tags ?? []) this.#tags.set(tag, (this.#tags.get(tag) ?? 0) + 1);
    }
  }

  told() {
    return { bytes: this.#bytes, sample: this.#sample, states: this.#states, tags: this.#tags };
  }
}
