import { ENGINE_VERSION } from '../../contract/engine-version.ts';
import { LIMITS } from '../../contract/limits.ts';
import { meaningfulSteps } from '../delivery/meaningful-steps.ts';
import { Problem, problem } from '../kernel/problems.ts';
import { sha256Hex } from '../kernel/sha256.ts';
import { readPlan } from '../plan/read-plan.ts';
import type { CanonicalUrl, UrlChoices } from '../request/canonical-url.ts';
import { applyHints } from '../request/client-hints.ts';
import { FORMAT_CLASSES } from '../request/format-class.ts';
import { readCanonicalUrl } from '../request/read-canonical-url.ts';
import { variantPath } from '../request/variant-key.ts';
import { rewriteUrl } from '../rewriters/rewrite-url.ts';
import type { PurgeTarget } from './purge-target.ts';

export interface UrlVariants {
  readonly assetPath: string;
  /** Undefined when nobody can list them: the answer depends on the client's width or pixel ratio. */
  readonly keys: string[] | undefined;
}

/**
 * The keys of everything that may be stored for a URL: for each format that clients may have negotiated, for clients that
 * save data and others, whatever the endpoint's settings were when it was stored.
 * @throws Problem purge.invalid
 */
export async function variantsOfUrl({
  endpoint,
  path,
  query,
  snap = 0,
  rewriter,
}: Extract<PurgeTarget, { kind: 'url' }>): Promise<UrlVariants> {
  const asked = [false, true].map((keeps) => readUrl(path, query, { keeps, snap, ...(rewriter && { rewriter }) }));
  const meanings: CanonicalUrl[] = rewriter
    ? asked.map((url) => rewriteUrl(url, { paused: false, snap, rewriter }))
    : asked;
  const { assetPath, steps } = meanings[0] as CanonicalUrl;
  if (steps.flat().some((item) => item === 'w-auto' || item === 'dpr-auto')) return { assetPath, keys: undefined };
  const stored = [...asked, ...(await Promise.all(meanings.map(withItsMeaning))).flat()];
  const paths = stored
    .flatMap(withSaving)
    .flatMap((url) =>
      FORMAT_CLASSES.flatMap((format) =>
        (['open', 'signed'] as const).map((access) =>
          variantPath(url, format, access, endpoint, ENGINE_VERSION, sha256Hex),
        ),
      ),
    );
  return { assetPath, keys: [...new Set(paths)].map((one) => one.slice(1)) };
}

function readUrl(path: string, query: string, choices: UrlChoices): CanonicalUrl {
  const url = readCanonicalUrl(path, query, LIMITS.urlBytes, choices);
  if (url.refusal !== undefined) throw problem('purge.invalid', `url is not valid: ${url.reason}`);
  return url;
}

/**
 * A URL with items that have no meaning is stored as the one without them, too. What names stand for cannot change that, so
 * they are left out here.
 */
async function withItsMeaning(url: CanonicalUrl): Promise<CanonicalUrl[]> {
  const read = async (steps: readonly (readonly string[])[]) =>
    readPlan(steps.map((step) => step.filter((item) => !/^n-/.test(item))));
  try {
    const { steps } = await meaningfulSteps(url.steps, await read(url.steps), read);
    return [url, { ...url, steps }];
  } catch (error) {
    // Nothing is stored of a URL that cannot be read.
    if (error instanceof Problem) return [url];
    throw error;
  }
}

function withSaving(url: CanonicalUrl): CanonicalUrl[] {
  const saving = [true, false].map((saveData) => applyHints(url, { width: 0, dpr: 0, saveData }, true));
  return [url, ...saving];
}
