import type { Region } from '../plan/geometry/size.ts';
import type { Plan } from '../plan/plan.ts';
import type { FormatClass } from '../request/format-class.ts';
import type { EncodingCare } from './output/better-encoding.ts';

/** What is to be made of a source; what `render` says of its parameters holds here. */
export interface Order {
  readonly plan: Plan;
  readonly accepts: FormatClass;
  readonly focusArea?: Region;
  readonly care: EncodingCare;
}
