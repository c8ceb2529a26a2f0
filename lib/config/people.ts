import type { DirectoryConfig } from './directories.ts';

/** Who may sign in. */
export interface PeopleConfig {
  /** Address that service mails come from; SES must have verified it or its domain in the home region. */
  readonly mailFrom: string;
  /** Hosts of the API that people use. @default the one of `apiDomain` */
  readonly hosts: readonly string[];
  /** Domains whose addresses may be invited and may sign in. @default all */
  readonly allowedDomains: readonly string[];
  /** Directories of the customer's by which people sign in, by name. @default none */
  readonly directories: Readonly<Record<string, DirectoryConfig>>;
  /** True: people sign in by directories alone. @default false */
  readonly directoriesOnly: boolean;
}
