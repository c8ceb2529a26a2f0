/** Path to which the sign-in provider sends a browser back. */
export const CALLBACK_PATH = '/auth/callback';

/** Where the command line waits for the browser. User pools compare addresses with their port. */
export const COMMAND_LINE_PORT = 42917;

export const COMMAND_LINE_CALLBACK = `http://localhost:${COMMAND_LINE_PORT}/callback`;

/** Path that tells the command line where to sign in. */
export const COMMAND_LINE_PATH = '/auth/command-line';

/** Partition of the accounts table with the reports of the audit log that are mailed. */
export const AUDIT_REPORTS_PARTITION = 'audit-reports';

/** Attributes of the user pool that directories fill: groups, and by what somebody proved who they are. */
export const DIRECTORY_ATTRIBUTES = { groups: 'groups', methods: 'methods' } as const;

/** A role that a group of a directory gives. */
export interface GroupRole {
  /** Name of a role that every account has, or id of a custom one. */
  readonly role: string;
  /** Ids of folders in which it holds, and below. @default everywhere */
  readonly folderIds?: readonly string[];
  /** Ids of URL endpoints with which it holds. @default all */
  readonly endpointIds?: readonly string[];
}

/** A directory of the customer's, by which people sign in. */
export interface Directory {
  /** Name of the identity provider at the user pool. */
  readonly name: string;
  /** Domains for whose addresses it speaks, in ASCII. */
  readonly domains: readonly string[];
  /** Whether it must say that a second factor was asked for, or the owner says so for all of its sign-ins. */
  readonly secondFactor: 'proven' | 'trusted';
  /** What groups give, by their names. */
  readonly groups: Readonly<Record<string, GroupRole>>;
}

/** The user pool, as the API finds it. */
export interface SignInDescription {
  readonly poolId: string;
  readonly clientId: string;
  /** Client of programs on people's own machines; it has no secret. */
  readonly commandLineClientId: string;
  /** Its URL as an OpenID issuer. */
  readonly issuer: string;
}

/** What the template tells the API about its people, as the JSON value of one environment variable. */
export interface PeopleDescription {
  /** ARN of the KMS key, in the home region, that wraps the keys of people. */
  readonly keyArn: string;
  /** Name of the table with the wrapped keys, in the home region. */
  readonly keysTable: string;
  /** Name of the home region's audit table: people belong to it, whichever region is called. */
  readonly auditTable: string;
  /** From whom service mails come. */
  readonly mailFrom: string;
  /** Domains whose addresses may be invited and may sign in, in ASCII; empty: all. */
  readonly allowedDomains: readonly string[];
  readonly directories: readonly Directory[];
  /** True: nobody signs in by a password of the user pool. */
  readonly directoriesOnly: boolean;
  readonly signIn: SignInDescription;
}
