/** Where a running Vitrine is, for programs that start it: the content of `--ready-file`. */
export interface ReadyFile {
  /** Base URLs without a slash at the end. */
  readonly media: string;
  readonly api: string;
  /** Where people sign in, and the mailbox of this machine. */
  readonly signIn: string;
  readonly publicKey: string;
  readonly privateKey: string;
  readonly urlEndpoint: string;
  readonly pid: number;
}
