/** The provider's accounts, as far as we may change them. */
export interface SignInAccounts {
  /** Makes an account for an address, unless there is one; the provider mails how to use it. */
  readonly create: (mail: string) => Promise<void>;
  /** Whether somebody has set up a second factor, for a provider that does not say it of a sign-in. */
  readonly hasSecondFactor: (subject: string) => Promise<boolean>;
  /** Gives the account of an address another one, which is taken for verified; once more changes nothing. `taken`: another account has it. */
  readonly changeMail: (from: string, to: string) => Promise<'changed' | 'taken'>;
  /** Removes the account of an address. Never rejects: what fails is reported, and who has no record may not sign in. */
  readonly remove: (mail: string) => Promise<void>;
}
