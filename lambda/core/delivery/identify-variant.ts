import type { EndpointSettings } from '../../contract/edge.ts';
import { ENGINE_VERSION } from '../../contract/engine-version.ts';
import { problem } from '../kernel/problems.ts';
import { sha256Hex } from '../kernel/sha256.ts';
import type { CanonicalUrl } from '../request/canonical-url.ts';
import type { ClientHints } from '../request/client-hints.ts';
import { applyHints } from '../request/client-hints.ts';
import type { FormatClass } from '../request/format-class.ts';
import { FORMAT_CLASSES } from '../request/format-class.ts';
import type { AdmittedUrl } from '../request/judge-url.ts';
import { generationInKey, variantPath } from '../request/variant-key.ts';
import { rewriteUrl } from '../rewriters/rewrite-url.ts';
import type { MediaUrl } from './media-url.ts';

/** What a request is for, and the key under which its answer is stored. */
export interface Variant {
  readonly url: MediaUrl;
  readonly format: FormatClass;
  /** `signed`: the URL has a valid signature, so private files may be shown. */
  readonly access: 'open' | 'signed';
  /** Id of the endpoint. */
  readonly endpoint: string;
  readonly settings: EndpointSettings;
  /** Without a leading slash. */
  readonly key: string;
}

/**
 * Recomputes the variant's path from the URL that the viewer asked for. A path that the edge would not have made is
 * refused: whoever could choose it freely could store one picture under another's key (cache poisoning). For a moment
 * after a change of the endpoint the edge may decide by other settings than are known here, so every choice that they
 * leave open is tried; what is made then is purged with the rest. The generation is taken from the path, because it chooses
 * nothing: it says how old a picture must not be, and every picture that is made now is new.
 * @param path the path that arrived, made by the edge
 * @param admitted the viewer's own URL, judged again
 * @param hints what the edge found in the viewer's headers
 */
export function identifyVariant(
  path: string,
  { url: asked, access, endpoint, settings }: Pick<AdmittedUrl, 'url' | 'access' | 'endpoint' | 'settings'>,
  hints: ClientHints,
): Variant {
  const generation = generationInKey(path);
  for (const url of readings(asked, hints, settings)) {
    const classes: readonly FormatClass[] = url.fixedFormat ? ['plain'] : FORMAT_CLASSES;
    const format = classes.find(
      (candidate) => variantPath(url, candidate, access, endpoint, ENGINE_VERSION, sha256Hex, generation) === path,
    );
    if (format) return { url: rewriteUrl(url, settings), format, access, endpoint, settings, key: path.slice(1) };
  }
  throw problem('key.mismatch', 'The variant path does not match the URL.');
}

/** The URL by the settings, then by others. */
function* readings(asked: CanonicalUrl, hints: ClientHints, { saver }: EndpointSettings): Generator<CanonicalUrl> {
  for (const fixedFormat of [asked.fixedFormat, !asked.fixedFormat]) {
    for (const saves of [!!saver, !saver]) yield applyHints({ ...asked, fixedFormat }, hints, saves);
  }
}
