/** One emptying of a distribution's cache. */
export interface Invalidation {
  readonly id: string;
  readonly distributionId: string;
  readonly callerReference: string;
  /** As CreateInvalidation takes them: `#tag`, or a path, where a star at the end stands for anything. */
  readonly items: readonly string[];
  readonly createdAt: Date;
}
