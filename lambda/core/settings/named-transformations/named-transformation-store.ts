import type { AuditEvent } from '../../audit/event.ts';
import type { NamedTransformation } from './named-transformation.ts';

/** Finds what a name stands for. The read is consistent: it also decides whether a variant is still current. */
export type FindNamed = (name: string) => Promise<NamedTransformation | undefined>;

export type NamedTransformationCommit =
  | { readonly create: NamedTransformation }
  | { readonly replace: NamedTransformation; readonly by: NamedTransformation }
  | { readonly remove: NamedTransformation };

export interface NamedTransformationStore {
  list(): Promise<readonly NamedTransformation[]>;
  /**
   * @returns false when a new name is taken, or what is to be replaced or removed is not what is stored by now; nothing is changed
   *   and told then
   */
  commit(change: NamedTransformationCommit, event: AuditEvent): Promise<boolean>;
}
