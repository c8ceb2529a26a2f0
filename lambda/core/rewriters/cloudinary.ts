import { placementOf, readOverlay } from './cloudinary-overlay.ts';
import { translateParameter } from './cloudinary-parameters.ts';
import type { Surroundings, Translation } from './translation.ts';
import { decoded, isTaken } from './translation.ts';

/** One segment: parameters and their values, as written. */
type Component = readonly (readonly [key: string, value: string])[];

/** Where translated steps go: the picture, or an overlay that is not closed yet. */
interface Target {
  readonly steps: string[][];
  /** What stands around an item of a later step. */
  readonly around?: Surroundings;
  /** False for an overlay that shows nothing here. */
  readonly isDrawn: boolean;
}

/** Parameters that say where an overlay lies. */
const PLACING = new Set(['g', 'x', 'y']);

/**
 * Cloudinary's transformation in our words (ImageKit, "Cloudinary URL rewriter"): segments are chained steps, overlays are
 * layers.
 * @param text segments with their slashes
 */
export function fromCloudinary(text: string): Translation {
  const segments = text.split('/').filter(Boolean);
  const version = /^v(\d+)$/.exec(segments.at(-1) ?? '')?.[1];
  const components = (version === undefined ? segments : segments.slice(0, -1)).map(readComponent);
  const dropped: string[] = [];
  const steps = translate(components, dropped);
  return { steps, dropped, ...(version !== undefined && { version }) };
}

/** Flags may have dots between them. */
function readComponent(written: string): Component {
  return (decoded(written) ?? written).split(',').flatMap((item) => {
    const at = item.indexOf('_');
    const [key, value] = [item.slice(0, at), item.slice(at + 1)];
    return (key === 'fl' ? value.split('.') : [value]).map((one) => [key, one] as const);
  });
}

/** Of several the last one counts. */
const lastValue = (component: Component, key: string): string | undefined =>
  component.findLast(([name]) => name === key)?.[1];

function translate(components: readonly Component[], dropped: string[]): string[][] {
  const picture: Target = { steps: [], isDrawn: true };
  const open = [picture];
  const closed = closedLater(components);
  for (const [index, component] of components.entries()) {
    const target = open.at(-1) as Target;
    const overlay = lastValue(component, 'l');
    if (overlay !== undefined && closed.has(index)) open.push(openLayer(overlay, component, dropped));
    else if (overlay !== undefined) draw(target, openLayer(overlay, withoutPlace(component), dropped), component);
    else if (isApply(component) && open.length > 1) {
      open.pop();
      draw(open.at(-1) as Target, target, component);
    } else target.steps.push(itemsOf(component, target.around, dropped));
  }
  return picture.steps;
}

/** Overlays that a later `fl_layer_apply` ends; the others end with their segment. */
function closedLater(components: readonly Component[]): ReadonlySet<number> {
  const closed = new Set<number>();
  let waiting = 0;
  for (let index = components.length - 1; index >= 0; index--) {
    const component = components[index] as Component;
    if (lastValue(component, 'l') !== undefined) {
      if (waiting > 0) closed.add(index);
      waiting = Math.max(0, waiting - 1);
    } else if (isApply(component)) waiting += 1;
  }
  return closed;
}

/** The flag behind the segments of an overlay. */
const isApply = (component: Component): boolean => component.some(isApplyFlag);

const isApplyFlag = ([key, value]: Component[number]): boolean => key === 'fl' && value === 'layer_apply';

/** A later step of an overlay has a picture before it, whatever the overlay is. */
const LATER_STEP: Surroundings = { before: ['l-image', 'i-a'], after: ['l-end'] };

function openLayer(value: string, component: Component, dropped: string[]): Target {
  const overlay = readOverlay(value);
  const around = { before: overlay?.opening ?? [], after: ['l-end'] };
  const isDrawn = overlay !== undefined && isTaken('lx-0', around);
  if (!isDrawn) {
    dropped.push(`l_${value}`);
    return { steps: [], isDrawn };
  }
  const style = overlay.style.filter((item) => isTaken(item, around));
  return {
    steps: [[...overlay.opening, ...style, ...itemsOf(component, around, dropped)]],
    around: LATER_STEP,
    isDrawn,
  };
}

const withoutPlace = (component: Component): Component => component.filter(([key]) => !PLACING.has(key));

/** Closes a layer, and draws it in a step of its own. */
function draw(target: Target, { steps, isDrawn }: Target, component: Component): void {
  if (!isDrawn) return;
  const [first = [], ...later] = steps.filter((step) => step.length > 0);
  const layer = [[...first, ...placementOf((key) => lastValue(component, key))], ...later];
  layer.at(-1)?.push('l-end');
  target.steps.push(...layer);
}

/** The items of a segment, as far as they have a meaning at their place. */
function itemsOf(component: Component, around: Surroundings | undefined, dropped: string[]): string[] {
  const items: string[] = [];
  for (const parameter of component) {
    const [key, value] = parameter;
    if (key === 'l' || isApplyFlag(parameter)) continue;
    const item = translateParameter(key, value);
    if (item !== undefined && isTaken(item, around)) items.push(item);
    else dropped.push(`${key}_${value}`);
  }
  return items;
}
