import { isDistinctList } from './config-values.ts';

/** Another CDN, which viewers ask in place of ours (docs/cdn-in-front.md). */
export interface CdnInFrontConfig {
  /** Request header, in lower case, in which it names the viewer's address, and which it overwrites when a viewer sends it. */
  readonly addressHeader: string;
  /** Request header, in lower case, in which it names the viewer's country. @default rules for countries of endpoints and files know none */
  readonly countryHeader?: string;
  /** Names of the secrets that are good: one, or two while one takes the place of the other. @default ['first'] */
  readonly secrets: readonly string[];
  /** Whether a request without a good secret is refused. False while the CDN is being set up: rules then go by who asks us. @default true */
  readonly refuseDirect: boolean;
}

export const HEADER_RULE =
  'the name of a request header in lower case, such as cf-connecting-ip; x-forwarded-for is none, because viewers write into it';

/** Headers to which a viewer's own value is added, or which CloudFront sets itself. */
const NOT_OVERWRITTEN =
  /^(x-forwarded-for|forwarded|via|host|cookie|authorization|cloudfront-.*|x-vitrine-.*|x-amz-.*|x-edge-.*)$/;

export const isCdnHeader = (value: unknown): boolean =>
  typeof value === 'string' && /^[a-z][a-z0-9-]{1,62}[a-z0-9]$/.test(value) && !NOT_OVERWRITTEN.test(value);

export const SECRETS_RULE =
  'a list of 1 or 2 different names of lower-case letters, digits and dashes, at most 20 characters each';

export const areSecretNames = (value: unknown): boolean =>
  isDistinctList(value, (name) => typeof name === 'string' && /^[a-z0-9][a-z0-9-]{0,18}[a-z0-9]$/.test(name)) &&
  value.length >= 1 &&
  value.length <= 2;
