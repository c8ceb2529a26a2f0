/** A finding of cdk-nag that we live with. */
export interface AcceptedFinding {
  readonly rule: string;
  /** Ends of construct paths, in every stack; each must be there. */
  readonly at: readonly (string | RegExp)[];
  readonly reason: string;
}
