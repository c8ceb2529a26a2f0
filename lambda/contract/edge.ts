/** What the edge stack tells the regions, as the JSON value of one Systems Manager parameter in us-east-1. */
export interface EdgeDescription {
  readonly distributionId: string;
  /** Host (and port, locally) under which media are delivered. */
  readonly mediaHost: string;
  /** By region, the host by which its API is called. */
  readonly apiHosts: Readonly<Record<string, string>>;
  /** Other hosts that the distribution answers. @default nobody knows */
  readonly otherHosts?: readonly string[] | undefined;
  /** ARN of the KeyValueStore with the edge's settings. */
  readonly settingsStoreArn: string;
  /** By region, the other one that renders from its copy while it is down. @default nobody does */
  readonly fallbacks?: Readonly<Record<string, string>> | undefined;
  /** ARN of the web ACL's rule group whose rules the API keeps. @default there is no web ACL */
  readonly accessRuleGroupArn?: string | undefined;
  /** Header in which another CDN names the viewer's address to the web ACL. @default it goes by who asks */
  readonly addressHeader?: string | undefined;
}

/** A region that another one watches. */
export interface WatchedRegion {
  readonly region: string;
  /** Its bucket with finished variants. */
  readonly variantsBucket: string;
}

/** Name of the function that watches another region, by which people try it. */
export const watchFunctionName = (deployment: string): string => `${deployment}-watch`;

/** Region of everything that CloudFront needs in one place: web ACL, log delivery, the edge parameter. */
export const EDGE_REGION = 'us-east-1';

/** Name of the parameter that holds the `EdgeDescription`; an account may have several deployments. */
export function edgeParameterName(deployment: string): string {
  return `/${deployment}/edge`;
}

/**
 * Request header in which the viewer-request function hands on what the transformer cannot see: the original path and
 * query in base64, the viewer's client hints and the host that was asked, with dots between them.
 * The function always sets it, so a viewer's own value never arrives.
 */
export const MEDIA_URL_HEADER = 'x-vitrine-url';

/**
 * Request header with the viewer's country, which CloudFront sets before the viewer-request function runs when a policy
 * asks for it (AWS, "Add CloudFront request headers"). A viewer's own value is replaced.
 */
export const VIEWER_COUNTRY_HEADER = 'cloudfront-viewer-country';

/**
 * Request header with the viewer's address and port, which CloudFront sets for the origin when a policy asks for it (AWS,
 * "Add CloudFront request headers"). A viewer's own value is replaced.
 */
export const VIEWER_ADDRESS_HEADER = 'cloudfront-viewer-address';

/** Object metadata key under which a variant keeps what its making took: the metric `made` of `Server-Timing`. */
export const TIMING_METADATA = 'server-timing';

/** Object metadata key of a picture's width in pixels, for `Content-DPR`. */
export const WIDTH_METADATA = 'width';

/** User metadata of a first answer that lies beside its variant's key: pixels that a better encoding would go over. */
export const IMPROVABLE_METADATA = 'improvable-pixels';

/** Object metadata key of the request headers that an answer depended on: the value of `Vary`. */
export const VARY_METADATA = 'vary';

/** Object metadata key of the URL that a file's origin wants named as the canonical one. */
export const CANONICAL_METADATA = 'canonical';

/**
 * The header in which every answer of an origin has the tags by which the CDN is purged. It is the header of an object's
 * metadata, too: so a variant in storage sends its own.
 */
export const CACHE_TAG_HEADER = 'x-amz-meta-cache-tag';

/** Object metadata keys of what an answer says of itself: why it is the file as it is stored, what was left out or made smaller. */
export const FALLBACK_METADATA = 'fallback';
export const IGNORED_METADATA = 'ignored';
export const LIMITED_METADATA = 'limited';

/** Ids of origins of the media distribution, each followed by a region: its bucket with finished variants. */
export const VARIANTS_ORIGIN = 'v-';

/** Its transformer. */
export const TRANSFORMER_ORIGIN = 't-';

/** The transformer there that renders from the copies of other regions. */
export const FALLBACK_ORIGIN = 'f-';

/** Header of what such a transformer answers, and its only value. */
export const REGION_HEADER = 'x-vitrine-region';
export const FALLBACK_REGION = 'fallback';

/**
 * Answers of the bucket after which CloudFront asks the transformer: 403 is S3's word for "not there" without the right to
 * list, 400 comes for header sections above 8 KB, the rest are S3's own troubles.
 */
export const FALLBACK_STATUS_CODES = [400, 403, 404, 500, 502, 503, 504];

/** Endpoint identifier of the default URL endpoint: the host without a prefix. */
export const DEFAULT_ENDPOINT = 'default';

/** Partition key, in the accounts table, of the record of what the KeyValueStore holds. */
export const PUBLICATION_PARTITION = 'edge-publication';

/** Partition key, in the accounts table, of the URL endpoints. */
export const ENDPOINTS_PARTITION = 'endpoints';

/** Partition key, in the accounts table, of the folders that are stale for the edge. */
export const STALE_FOLDERS_PARTITION = 'stale-folders';

/** Key in the KeyValueStore of an endpoint's settings, a JSON `EndpointSettings`. */
export const endpointSettingsKey = (endpoint: string): string => `endpoint:${endpoint}`;

/** Followed by a host in lower case, without port: the id of the endpoint that the host is mapped to. */
export const HOST_KEY = 'host:';

/** Followed by the first segment of a path: the id of the endpoint with this prefix. The default endpoint has none. */
export const PREFIX_KEY = 'prefix:';

/**
 * Followed by a region, by nothing for home: until when the region is down, seconds since 1970, and after a space the region whose
 * fallback transformer answers meanwhile, where there is one. Publications leave these alone: they are set while home may be away.
 */
export const FAILOVER_KEY = 'failover:';

/** The signing keys that are valid now or soon, as JSON. */
export const SIGNING_KEYS_KEY = 'keys';

export interface EndpointSettings {
  /** True: every request of the endpoint is answered 503 at the edge, stored variants included. */
  readonly paused: boolean;
  /** True: every URL needs a valid signature. */
  readonly signed?: boolean;
  /** True: a URL without signature may use named transformations only. */
  readonly named?: boolean;
  /** True: a picture keeps its file's format unless the URL asks for another one. */
  readonly keeps?: boolean;
  /** True: nobody is given AVIF who does not ask for it in the URL. */
  readonly noAvif?: boolean;
  /** True: clients that send `Save-Data: on` get smaller files. */
  readonly saver?: boolean;
  /** Quality where the URL names none, 1 to 100. */
  readonly quality?: number;
  /** Pixels: widths outside of layers are rounded up to a multiple. */
  readonly snap?: number;
  /** True: what has no meaning in a transformation is an error. */
  readonly strict?: boolean;
  /** Where the endpoint's files are. @default the home region */
  readonly region?: string;
  /** True: while its region is down no other one answers for it. */
  readonly locked?: boolean;
  /** Another product's URLs are understood, too. */
  readonly rewriter?: RewriterSettings;
}

/**
 * How the transformation of another product is found in a URL: the edge cuts it out, and does not know what it means. Both
 * are patterns of regular expressions for raw text.
 */
export interface RewriterSettings {
  readonly product: 'CLOUDINARY' | 'IMGIX' | 'AKAMAI';
  /**
   * Matches a beginning of each path, which has no prefix of the endpoint any more. Its first group stays in the path, its
   * second one is the transformation.
   */
  readonly segments: string;
  /** Matches the items of the query that belong to the transformation. */
  readonly items: string;
}

/**
 * Base URL of media. Loopback hosts have no certificate, every other host is served over TLS only.
 * @param mediaHost with the prefix of an endpoint, where there is one
 */
export function urlEndpoint(mediaHost: string): string {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(\/|$)/.test(mediaHost)
    ? `http://${mediaHost}`
    : `https://${mediaHost}`;
}
