import { choice, oneOf } from '../grammars/choice.ts';
import { POSITIONS } from '../grammars/focus.ts';
import { offset } from '../grammars/offset.ts';
import type { LayerMode } from '../plan.ts';
import type { Operation } from './operation.ts';
import { ofPlacement } from './operation.ts';

const mode = choice<LayerMode>({
  multiply: 'multiply',
  displace: 'displace',
  displacement: 'displace',
  cutout: 'cutout',
  cutter: 'cutter',
});

/** A negative result of an expression becomes 0. Only a written N counts from the far edge. */
const FROM_NEAR_EDGE = { least: 0 } as const;

/** Where a layer is drawn, and how it meets what is below. */
export const PLACEMENT = [
  {
    name: 'layer position x',
    keys: ['lx'],
    meaning: ofPlacement('x', offset),
    stage: 'layer',
    cost: 'none',
    takesExpressions: true,
    computed: FROM_NEAR_EDGE,
    sdkNames: ['position.x'],
    sentence:
      'Left edge of the layer, from the left. With N it is the gap between both right edges. The layer stays inside the picture.',
    example: 'lx-20',
  },
  {
    name: 'layer position y',
    keys: ['ly'],
    meaning: ofPlacement('y', offset),
    stage: 'layer',
    cost: 'none',
    takesExpressions: true,
    computed: FROM_NEAR_EDGE,
    sdkNames: ['position.y'],
    sentence: 'Top edge of the layer, from the top. With N it is the gap between both bottom edges.',
    example: 'ly-N20',
  },
  {
    name: 'layer centre x',
    keys: ['lxc'],
    meaning: ofPlacement('xCenter', offset),
    stage: 'layer',
    cost: 'none',
    takesExpressions: true,
    computed: FROM_NEAR_EDGE,
    sdkNames: ['position.xCenter'],
    sentence: 'Horizontal position of the layer’s centre. It has no effect beside lx.',
    example: 'lxc-bw_div_2',
  },
  {
    name: 'layer centre y',
    keys: ['lyc'],
    meaning: ofPlacement('yCenter', offset),
    stage: 'layer',
    cost: 'none',
    takesExpressions: true,
    computed: FROM_NEAR_EDGE,
    sdkNames: ['position.yCenter'],
    sentence: 'Vertical position of the layer’s centre. It has no effect beside ly.',
    example: 'lyc-bh_div_2',
  },
  {
    name: 'layer anchor',
    keys: ['lap'],
    meaning: ofPlacement('anchor', oneOf(POSITIONS)),
    stage: 'layer',
    cost: 'none',
    takesExpressions: false,
    sdkNames: ['position.anchorPoint'],
    sentence: 'Point of the picture from which lx, ly, lxc and lyc count. The default is the top left corner.',
    example: 'lap-center',
  },
  {
    name: 'layer focus',
    keys: ['lfo'],
    meaning: ofPlacement('focus', oneOf(POSITIONS)),
    stage: 'layer',
    cost: 'none',
    takesExpressions: false,
    sdkNames: ['position.focus'],
    sentence: 'Position of a layer without an offset. The default is the centre.',
    example: 'lfo-bottom_right',
  },
  {
    name: 'layer mode',
    keys: ['lm'],
    meaning: ofPlacement('mode', mode),
    stage: 'layer',
    cost: 'loop',
    takesExpressions: false,
    sdkNames: ['layerMode'],
    sentence:
      'How the layer is combined with the picture. multiply multiplies the colours. displace shifts the pixels by the layer’s red and green, at most by x and y. cutout removes the layer’s shape. cutter keeps only that shape.',
    example: 'lm-multiply',
  },
] as const satisfies readonly Operation[];
