import type { Step } from '../../plan/plan.ts';
import type { RenderContext } from '../context.ts';
import type { Picture } from '../picture/picture.ts';

/** One kind of change. It looks for its own members in the step and leaves the picture alone when they are missing. */
export type Stage = (picture: Picture, step: Step, context: RenderContext) => Promise<void>;
