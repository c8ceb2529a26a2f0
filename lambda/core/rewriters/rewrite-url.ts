import type { EndpointSettings, RewriterSettings } from '../../contract/edge.ts';
import type { CanonicalUrl } from '../request/canonical-url.ts';
import { orderSteps } from '../request/dialects/imagekit/read-url.ts';
import { fromAkamai } from './akamai.ts';
import { fromCloudinary } from './cloudinary.ts';
import { fromImgix } from './imgix.ts';
import type { Translation } from './translation.ts';

const TRANSLATIONS = {
  CLOUDINARY: fromCloudinary,
  IMGIX: fromImgix,
  AKAMAI: fromAkamai,
} as const satisfies Record<RewriterSettings['product'], (text: string) => Translation>;

/** A URL in our words alone. */
export interface RewrittenUrl extends CanonicalUrl {
  readonly foreign?: never;
  /** What of another product's words has no meaning here, as written. */
  readonly dropped?: readonly string[];
}

/**
 * The same URL with what is written in another product's words translated, before its own steps. What is stored of it is
 * what is stored of the URL in our words.
 */
export function rewriteUrl(url: CanonicalUrl, settings: EndpointSettings): RewrittenUrl {
  const { foreign, ...own } = url;
  if (!foreign || !settings.rewriter || url.original) return own;
  const { steps, dropped, version } = TRANSLATIONS[settings.rewriter.product](foreign);
  const translated = orderSteps(
    steps.filter((step) => step.length > 0),
    settings,
  ).steps;
  return {
    ...own,
    steps: [...translated, ...own.steps],
    extraQuery: version === undefined ? own.extraQuery : [...own.extraQuery, `v=${version}`].sort(),
    ...(dropped.length > 0 && { dropped }),
  };
}
