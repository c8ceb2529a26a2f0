import type { EndpointSettings } from '../../contract/edge.ts';
import type { Plan } from '../plan/plan.ts';
import { invalid } from '../plan/read-items.ts';
import { readPlan } from '../plan/read-plan.ts';
import { DEFAULT_QUALITY } from '../render/output/quality.ts';
import { expandNames } from '../settings/named-transformations/expand-names.ts';
import type { NamedTransformation } from '../settings/named-transformations/named-transformation.ts';
import type { FindNamed } from '../settings/named-transformations/named-transformation-store.ts';
import type { MediaUrl } from './media-url.ts';

export interface RequestPlan {
  readonly plan: Plan;
  /** Named transformations that the plan was made of. */
  readonly names: ReadonlyMap<string, NamedTransformation>;
}

/** For a client that saves data: how much the quality is lowered, and the lowest that it is lowered to. */
const SAVING = { lowest: 40, less: 15 } as const;

/**
 * What a URL asks for on its endpoint: names replaced by what they stand for, and the endpoint's own choices where the
 * URL makes none.
 * @throws Problem of a transformation.* code, or name.unknown
 */
export async function planOf(url: MediaUrl, settings: EndpointSettings, findNamed: FindNamed): Promise<RequestPlan> {
  const { steps, names } = await expandNames(url.steps, findNamed);
  const plan = withDropped(readPlan(steps, { strict: settings.strict ?? false }), url, settings);
  const defaultQuality = defaultQualityFor(url, settings);
  const keepsFormat = settings.keeps && url.fixedFormat;
  if (defaultQuality === undefined && !keepsFormat) return { plan, names };
  const output = { ...plan.output, ...(defaultQuality && { defaultQuality }), ...(keepsFormat && { keepsFormat }) };
  return { plan: { ...plan, output }, names };
}

/** What was left out of another product's words is told as unknown items of ours are, and refused as they are. */
function withDropped(plan: Plan, { dropped }: MediaUrl, { strict }: EndpointSettings): Plan {
  if (dropped === undefined) return plan;
  if (strict) throw invalid(dropped[0] ?? '', 'every parameter', 'one that the endpoint can rewrite, in strict mode');
  return { ...plan, ignored: [...plan.ignored, ...dropped] };
}

function defaultQualityFor({ saves }: MediaUrl, { quality }: EndpointSettings): number | undefined {
  if (!saves) return quality;
  const unsaved = quality ?? DEFAULT_QUALITY;
  return Math.min(unsaved, Math.max(SAVING.lowest, unsaved - SAVING.less));
}
