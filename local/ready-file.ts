/** Where a running Vitrine is, for programs that start it: the content of `--ready-file`. */
export interface ReadyFile {
  /** Base URLs without a slash at the end. */
  readonly media: string;
  /** Of the home region. */
  readonly api: string;
  /** Of every region, by its name, the home region's first. */
  readonly apis: Readonly<Record<string, string>>;
  /** Where people sign in, and the mailbox of this machine. */
  readonly signIn: string;
  readonly publicKey: string;
  readonly privateKey: string;
  readonly urlEndpoint: string;
  readonly pid: number;
  /** Variables with which the AWS CLI and SDKs call the services of this machine as the owner of an account does. */
  readonly aws: Readonly<Record<string, string>>;
}
