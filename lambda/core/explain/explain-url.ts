import { ENGINE_VERSION } from '../../contract/engine-version.ts';
import { SVG } from '../delivery/file-kinds.ts';
import type { RenderImage } from '../delivery/render-image.ts';
import { PROBLEMS, Problem } from '../kernel/problems.ts';
import { sha256Hex } from '../kernel/sha256.ts';
import { formatPlan } from '../plan/format-plan.ts';
import { keepsVectors } from '../plan/keeps-vectors.ts';
import type { Plan } from '../plan/plan.ts';
import type { FormatClass } from '../request/format-class.ts';
import { variantPath } from '../request/variant-key.ts';
import type { ExplainedStep } from './explain-steps.ts';
import { explainSteps } from './explain-steps.ts';
import type { ExamineImage } from './image-metadata.ts';
import { lookForFocus } from './look-for-focus.ts';
import type { LookupDeps, SupposedHeaders } from './media-lookup.ts';
import { findOriginal, lookUp, readOriginal } from './media-lookup.ts';

/** How a request for a URL would be answered, and why. */
export interface Explanation {
  readonly url: string;
  readonly engineVersion: string;
  /** Id of the URL endpoint. */
  readonly endpoint?: string;
  readonly assetPath?: string;
  /** The asset as it is shown. */
  readonly source?: {
    readonly width: number;
    readonly height: number;
    readonly format: string;
    readonly frames: number;
  };
  /** The plan as the engine understood it. */
  readonly transformation?: string;
  readonly steps?: readonly ExplainedStep[];
  readonly ignored?: readonly { readonly item: string; readonly why: string }[];
  readonly format?: { readonly chosen: string; readonly why: string };
  readonly variantKey?: string;
  /** What the URL is refused with: the text that its `ik-error` header has. */
  readonly refused?: { readonly status: number; readonly error: string };
}

export interface ExplainDeps extends LookupDeps {
  readonly render: RenderImage;
  readonly examine: ExamineImage;
  readonly decideFormat: DecideFormat;
}

/** The renderer's own choice of format, with its reason. */
export type DecideFormat = (
  output: Plan['output'],
  accepts: FormatClass,
  image: { readonly format: string; readonly frames: number; readonly hasAlpha: boolean },
) => { readonly chosen: string; readonly why: string };

/** A focus is told although it has an effect: another one takes its place. */
function whyIgnored(item: string): string {
  return item.startsWith('fo-')
    ? 'faces and things are not looked for: fo-auto takes its place and keeps what looks important; a strict endpoint refuses it'
    : 'it has no effect; a strict endpoint refuses it';
}

/**
 * Explains a URL. A URL that would be refused is explained as far as it was understood, with the refusal.
 * @throws Problem url.foreign
 */
export async function explainUrl(deps: ExplainDeps, address: string, headers: SupposedHeaders): Promise<Explanation> {
  let known: Explanation = { url: address, engineVersion: ENGINE_VERSION };
  try {
    const { endpoint, url, accepts, plan } = await lookUp(deps, address, headers);
    known = {
      ...known,
      endpoint,
      assetPath: url.assetPath,
      transformation: formatPlan(plan)
        .map((step) => step.join(','))
        .join(':'),
      ignored: plan.ignored.map((item) => ({ item, why: whyIgnored(item) })),
      variantKey: variantPath(url, accepts, 'open', endpoint, ENGINE_VERSION, sha256Hex).slice(1),
    };
    const asset = await findOriginal(deps, url.assetPath);
    if (plan.original) return { ...known, format: { chosen: asset.contentType, why: 'the URL asks for the original' } };
    if (asset.fileType !== 'image') {
      return { ...known, format: { chosen: asset.contentType, why: 'the file is no image and is delivered as it is' } };
    }
    if (asset.contentType === SVG && keepsVectors(plan)) {
      return { ...known, format: { chosen: SVG, why: 'nothing that needs pixels is asked for, so the SVG stays one' } };
    }
    const bytes = await readOriginal(deps, asset);
    const image = await deps.examine(bytes);
    const { width, height, format, frames, hasTransparency } = image;
    known = { ...known, source: { width, height, format, frames } };
    const interests = await lookForFocus(deps, plan, asset, bytes);
    known = { ...known, steps: explainSteps(plan, { width, height }, interests) };
    return { ...known, format: deps.decideFormat(plan.output, accepts, { format, frames, hasAlpha: hasTransparency }) };
  } catch (error) {
    if (!(error instanceof Problem) || error.code === 'url.foreign') throw error;
    const { mediaCode } = PROBLEMS[error.code];
    return { ...known, refused: { status: error.status, error: `${mediaCode} - ${error.message}` } };
  }
}
