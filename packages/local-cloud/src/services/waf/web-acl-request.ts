export type Config = Readonly<Record<string, unknown>>;

/** IP sets or rule groups by ARN, as they are at the moment of asking. One that has changed is another object. */
export type EntityLookup = Pick<ReadonlyMap<string, Config>, 'get'>;

/** A request as a web ACL sees it. */
export interface WebAclRequest {
  readonly ip: string;
  readonly method: string;
  /** Raw path. */
  readonly uri: string;
  /** Raw, without `?`. */
  readonly query: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Two letters (ISO 3166); undefined where nobody knows, as on one machine. */
  readonly country?: string;
}

/** With what earlier rules said of it. */
export interface LabelledRequest extends WebAclRequest {
  readonly labels: ReadonlySet<string>;
}
