import type { NamedTransformation } from './named-transformation.ts';

/** Finds what a name stands for. The read is consistent: it also decides whether a variant is still current. */
export type FindNamed = (name: string) => Promise<NamedTransformation | undefined>;

export interface NamedTransformationStore {
  list(): Promise<readonly NamedTransformation[]>;
  /** @returns false when the name is taken */
  create(named: NamedTransformation): Promise<boolean>;
  /**
   * Writes `next` in the place of `current`.
   * @returns false when `current` is not what is stored by now, or the new name is taken
   */
  replace(current: NamedTransformation, next: NamedTransformation): Promise<boolean>;
  remove(name: string): Promise<void>;
}
