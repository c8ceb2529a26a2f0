/** A name for a transformation (ImageKit, "Named transformations"): `n-thumbnail` stands for all of it. */
export interface NamedTransformation {
  /** 9 letters and digits. */
  readonly id: string;
  /** Letters, digits and underscores; upper and lower case are not the same. */
  readonly name: string;
  /** As the owner wrote it: with `tr:` before it or not. */
  readonly transformation: string;
  /** A name that is switched off is refused. */
  readonly enabled: boolean;
  /** ISO 8601. */
  readonly createdAt: string;
  /** Grows with every change. */
  readonly revision: number;
}

/** How a variant notes that it was made with a name. */
export const nameDependency = (name: string): string => `name:${name}`;
