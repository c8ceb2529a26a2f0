import { DEFAULT_ENDPOINT } from '../../../contract/edge.ts';
import { DEFAULT_QUALITY } from '../../render/output/quality.ts';
import type { UrlRewriter } from '../../rewriters/url-rewriter.ts';

/** What an owner decides about a URL endpoint. ImageKit has the first three ("URL endpoints"), the others are ours. */
export interface EndpointChoices {
  /** For people. */
  readonly description: string;
  /** First segment of the endpoint's paths; empty for the default endpoint alone. */
  readonly urlPrefix: string;
  /** Ids of the origins that are asked, in this order, for what the library does not have. */
  readonly origins: readonly string[];
  /** Hosts that lead to this endpoint and to no other; of the default endpoint: further hosts of the deployment. */
  readonly hosts: readonly string[];
  /** Nothing is delivered. */
  readonly paused: boolean;
  /** Every URL needs a valid signature. */
  readonly requireSignature: boolean;
  /** A URL without a signature may use named transformations only. */
  readonly namedTransformationsOnly: boolean;
  /** The format is chosen by what the client can show; else pictures keep their file's format. */
  readonly autoFormat: boolean;
  /** AVIF is among what may be chosen. */
  readonly avif: boolean;
  /** Quality where the URL names none, 1 to 100. */
  readonly quality: number;
  /** Pixels: widths outside of layers are rounded up to a multiple; 1 for as they are. */
  readonly widthStep: number;
  /** Clients that send `Save-Data: on` get smaller files. */
  readonly dataSaver: boolean;
  /** What has no meaning in a transformation is an error, instead of being left out. */
  readonly strict: boolean;
  /** While its region is down it answers 503, and no other region delivers its files. Missing in records of before. */
  readonly residencyLock?: boolean;
  /** Another product's URLs are understood, too; null for none. Missing in records of before. */
  readonly urlRewriter?: UrlRewriter | null;
}

export interface Endpoint extends EndpointChoices {
  /** Lower-case letters and digits: it stands in the paths of variants. */
  readonly id: string;
  /** Where its files are; chosen when it is made. @default the home region */
  readonly region?: string;
  /** ISO 8601. */
  readonly createdAt: string;
}

/** Values of members that are missing. */
export const ENDPOINT_DEFAULTS = {
  urlPrefix: '',
  origins: [],
  hosts: [],
  paused: false,
  requireSignature: false,
  namedTransformationsOnly: false,
  autoFormat: true,
  avif: true,
  quality: DEFAULT_QUALITY,
  widthStep: 1,
  dataSaver: false,
  strict: false,
  urlRewriter: null,
} as const satisfies Omit<EndpointChoices, 'description'>;

/** The default endpoint as long as nobody has changed it. */
export const UNCHANGED_DEFAULT: Endpoint = {
  ...ENDPOINT_DEFAULTS,
  id: DEFAULT_ENDPOINT,
  description: 'Default endpoint',
  createdAt: '1970-01-01T00:00:00.000Z',
};

/** All endpoints, the default one first, the others from the oldest to the newest. */
export function withDefault(stored: readonly Endpoint[]): readonly Endpoint[] {
  const others = stored.filter(({ id }) => id !== DEFAULT_ENDPOINT);
  return [
    stored.find(({ id }) => id === DEFAULT_ENDPOINT) ?? UNCHANGED_DEFAULT,
    ...others.sort((a, b) => (a.createdAt < b.createdAt || (a.createdAt === b.createdAt && a.id < b.id) ? -1 : 1)),
  ];
}

/** An endpoint as the API shows it; what ImageKit's answers have stands first. @param home region of endpoints that name none */
export function endpointAnswer(home: string, endpoint: Endpoint): Record<string, unknown> {
  const {
    id,
    description,
    urlPrefix,
    origins,
    urlRewriter,
    region = home,
    residencyLock = false,
    ...others
  } = endpoint;
  const place = { region, residencyLock };
  return { id, description, urlPrefix, origins, ...(urlRewriter && { urlRewriter }), ...place, ...others };
}
