/** One emptying of a distribution's cache. */
export interface Invalidation {
  readonly id: string;
  readonly distributionId: string;
  readonly callerReference: string;
  /** As CreateInvalidation takes them; a star at the end stands for anything. */
  readonly paths: readonly string[];
  readonly createdAt: Date;
}
