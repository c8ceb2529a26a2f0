/** What a sign-in has proven, whichever provider it was: who, when and how. What they may do is never in it. */
export interface ProvenSignIn {
  /** Id of the provider; a subject means nothing without it. */
  readonly provider: string;
  readonly subject: string;
  /** As the provider writes it; undefined when it gives none. */
  readonly mail: string | undefined;
  /** Whether the provider says that the address is theirs. */
  readonly isMailVerified: boolean;
  /** The directory that vouches for them, with the groups that they are in now. @default the provider itself */
  readonly directory?: VouchingDirectory;
  /** Whether more than one factor was asked for; undefined when nobody says. */
  readonly hasSecondFactor: boolean | undefined;
  /** When they proved who they are; ISO 8601 with milliseconds and Z. */
  readonly authenticatedAt: string;
}

/** What a directory says of somebody at a sign-in. */
export interface VouchingDirectory {
  readonly name: string;
  readonly groups: readonly string[];
}

/** What a browser keeps between the two halves of a sign-in; each is used once. */
export interface SignInChecks {
  readonly state: string;
  readonly nonce: string;
  /** Of PKCE (RFC 7636). */
  readonly verifier: string;
}

/** The provider that people sign in with (OpenID Connect). Nothing else knows which one it is. */
export interface SignInProvider {
  /** Where the browser is sent to. @param isAgain whether the provider must ask, whatever it remembers of the browser */
  readonly begin: (callback: string, checks: SignInChecks, isAgain: boolean) => Promise<URL>;
  /**
   * Exchanges the code that the browser brought back.
   * @param returned the whole URL that the browser came back to
   * @returns undefined when any check fails: state, nonce, verifier, issuer, signature, audience, times
   */
  readonly finish: (returned: URL, checks: SignInChecks) => Promise<ProvenSignIn | undefined>;
  /** Where the browser ends the provider's own session; undefined when the provider has no such page. */
  readonly end: (returnTo: string) => Promise<URL | undefined>;
}
