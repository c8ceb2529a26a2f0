import { LIMITS } from '../../contract/limits.ts';
import { problem } from '../kernel/problems.ts';
import type { CanonicalUrl, UrlChoices } from '../request/canonical-url.ts';
import { readCanonicalUrl } from '../request/read-canonical-url.ts';
import type { RewrittenUrl } from '../rewriters/rewrite-url.ts';

/** A media URL that holds, in our words: see CanonicalUrl. */
export type MediaUrl = RewrittenUrl;

/** Reads a media URL in the transformer, as the edge does; what that answers with a status is a problem here. */
export function readMediaUrl(rawPath: string, rawQuery: string, choices: UrlChoices = {}): CanonicalUrl {
  const url = readCanonicalUrl(rawPath, rawQuery, LIMITS.urlBytes, choices);
  if (url.refusal === undefined) return url;
  throw problem(url.refusal === 414 ? 'url.too-long' : 'url.malformed', url.reason);
}

/** The version that `ik-obj-version` asks for; undefined for the current one. */
export function versionOf(url: MediaUrl): string | undefined {
  return new URLSearchParams(url.extraQuery.join('&')).get('ik-obj-version') ?? undefined;
}

/** The download name when `ik-attachment=true` is given (ImageKit, "Core delivery features"); extension not included. */
export function attachmentOf(url: MediaUrl): { readonly fileName?: string } | undefined {
  const parameters = new URLSearchParams(url.extraQuery.join('&'));
  if (parameters.get('ik-attachment') !== 'true') return undefined;
  const fileName = parameters.get('ik-attachment-filename');
  return fileName ? { fileName } : {};
}
