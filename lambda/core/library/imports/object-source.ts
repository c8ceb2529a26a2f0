import type { PinnedObject } from '../pinned-object.ts';
import type { ImportedPlace } from '../store/imported-place.ts';

/** An object as a listing tells of it. */
export interface ListedObject extends Omit<PinnedObject, 'originId'> {
  /** Bytes. */
  readonly size: number;
  /** In a storage class that has to be restored before it can be read. */
  readonly isArchived: boolean;
  /** Where a listing goes on after this object. */
  readonly place: readonly string[];
}

/** The beginning of an object, and what it says of itself. */
export interface SeenObject {
  readonly bytes: Uint8Array;
  readonly contentType: string | undefined;
  /** Its metadata say that not everybody may see it. */
  readonly isPrivate: boolean;
}

/** `changed`: another object has the key by now. `refused`: denied, or broken in a way that another try does not mend. */
export type LookOutcome = SeenObject | 'changed' | 'gone' | 'refused';

/** Buckets of others. What may be better a minute later is thrown. */
export interface ObjectSource {
  /**
   * Pages of at most a thousand objects.
   * @param after place of the last object that is done
   * @throws Problem origin.not-found, origin.denied, origin.unreachable, origin.late, origin.broken, or import.invalid
   */
  pages(from: ImportedPlace, after: readonly string[]): AsyncIterable<readonly ListedObject[]>;
  /** @throws Problem origin.not-found, origin.unreachable or origin.late */
  look(object: PinnedObject, firstBytes: number): Promise<LookOutcome>;
}
