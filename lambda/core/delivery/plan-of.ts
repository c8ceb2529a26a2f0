import type { EndpointSettings } from '../../contract/edge.ts';
import type { Plan } from '../plan/plan.ts';
import { readPlan } from '../plan/read-plan.ts';
import { expandNames } from '../settings/named-transformations/expand-names.ts';
import type { NamedTransformation } from '../settings/named-transformations/named-transformation.ts';
import type { FindNamed } from '../settings/named-transformations/ports.ts';
import type { MediaUrl } from './media-url.ts';

export interface RequestPlan {
  readonly plan: Plan;
  /** Named transformations that the plan was made of. */
  readonly names: ReadonlyMap<string, NamedTransformation>;
}

/** Quality below which a client that saves data is not pushed, by how much it is lowered, and what is usual. */
const SAVING = { least: 40, less: 15, usual: 80 } as const;

/**
 * What a URL asks for on its endpoint: names replaced by what they stand for, and the endpoint's own choices where the
 * URL makes none.
 * @throws Problem of a transformation.* code, or name.unknown
 */
export async function planOf(url: MediaUrl, settings: EndpointSettings, findNamed: FindNamed): Promise<RequestPlan> {
  const { steps, names } = await expandNames(url.steps, findNamed);
  const plan = readPlan(steps, { strict: settings.strict ?? false });
  const usualQuality = usualQualityFor(url, settings);
  const keepsFormat = settings.keeps && url.fixedFormat;
  if (usualQuality === undefined && !keepsFormat) return { plan, names };
  const output = { ...plan.output, ...(usualQuality && { usualQuality }), ...(keepsFormat && { keepsFormat }) };
  return { plan: { ...plan, output }, names };
}

function usualQualityFor({ saves }: MediaUrl, { quality }: EndpointSettings): number | undefined {
  if (!saves) return quality;
  const usual = quality ?? SAVING.usual;
  return Math.min(usual, Math.max(SAVING.least, usual - SAVING.less));
}
