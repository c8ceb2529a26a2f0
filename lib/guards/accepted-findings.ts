/** A finding of cdk-nag that we live with. */
export interface AcceptedFinding {
  readonly rule: string;
  /** Ends of the construct paths for which it is accepted, in every stack; each must exist. */
  readonly at: readonly string[];
  readonly reason: string;
}

/** Every finding that is accepted, and why. Any other ends the synthesis. */
export const ACCEPTED_FINDINGS: readonly AcceptedFinding[] = [];
