import { describe, it } from 'vitest';
import type { Step } from '../../../lambda/core/plan/plan.ts';
import { render } from '../../../lambda/core/render/render.ts';
import { expectGolden } from '../../images/golden.ts';
import { drawCutout, drawFramed } from '../../images/scene.ts';
import { onCanvas, sceneIn } from '../../images/sources.ts';
import { colour, plan, px, RED } from './plans.ts';

const scene = await sceneIn('png');
const cutout = await onCanvas(drawCutout(240, 160)).png().toBuffer();
const framed = await onCanvas(drawFramed(240, 160, [240, 240, 235]))
  .png()
  .toBuffer();

const small = { width: px(120) };

const OPERATIONS: Readonly<Record<string, Step | readonly Step[]>> = {
  unchanged: {},
  grayscale: { ...small, grayscale: true },
  contrast: { ...small, contrast: true },
  'blur-2': { ...small, blur: 2 },
  'blur-20': { ...small, blur: 20 },
  'sharpen-50': { ...small, sharpen: 50 },
  'sharpen-300': { ...small, sharpen: 300 },
  'rotate-90': { ...small, rotate: 90 },
  'rotate-180': { ...small, rotate: 180 },
  'rotate-270': { ...small, rotate: -90 },
  'rotate-30': { ...small, rotate: 30 },
  'rotate-30-background': { ...small, rotate: 30, background: RED },
  'flip-horizontal': { ...small, flip: { horizontal: true, vertical: false } },
  'flip-vertical': { ...small, flip: { horizontal: false, vertical: true } },
  'flip-both': { ...small, flip: { horizontal: true, vertical: true } },
  'rotate-90-flip-horizontal': { ...small, rotate: 90, flip: { horizontal: true, vertical: false } },
  'rotate-30-flip-horizontal': { ...small, rotate: 30, flip: { horizontal: true, vertical: false } },
  'crop-rotate-90': { width: px(80), height: px(120), rotate: 90 },
  border: { ...small, border: { width: 8, colour: RED } },
  'border-translucent': { ...small, border: { width: 8, colour: colour(220, 30, 40, 0.5) } },
  'border-of-grayscale': { ...small, grayscale: true, border: { width: 8, colour: RED } },
  'radius-20': { ...small, radius: [20, 20, 20, 20] },
  'radius-max': { width: px(120), height: px(120), radius: 'max' },
  'radius-four': { ...small, radius: [0, 10, 20, 'max'] },
  'radius-border-background': {
    ...small,
    radius: [20, 20, 20, 20],
    border: { width: 8, colour: RED },
    background: colour(0, 0, 120),
  },
  'opacity-40': { ...small, opacity: 40 },
  'opacity-40-background': { ...small, opacity: 40, background: RED },
  'everything-in-one-step': {
    width: px(120),
    height: px(100),
    rotate: 90,
    grayscale: true,
    contrast: true,
    blur: 2,
    sharpen: 50,
    border: { width: 4, colour: RED },
    radius: [16, 16, 16, 16],
    opacity: 80,
  },
  'chain-border-then-rotate': [
    { ...small, border: { width: 8, colour: RED } },
    { rotate: 10, width: px(100) },
  ],
  'chain-dominant-colour': [
    { width: px(1), height: px(1) },
    { width: px(60), height: px(40) },
  ],
};

describe('operations on an opaque picture', () => {
  for (const [name, steps] of Object.entries(OPERATIONS)) {
    it(name, async () => {
      const { bytes } = await render(scene, plan([steps].flat(), { format: 'png' }), 'plain');

      await expectGolden(`operation-${name}`, bytes);
    });
  }
});

const ON_CUTOUT: Readonly<Record<string, Step>> = {
  resize: small,
  trim: { trim: 10, width: px(100) },
  blur: { ...small, blur: 8 },
  background: { ...small, background: RED },
  'background-translucent': { ...small, background: colour(220, 30, 40, 0.5) },
  'opacity-40': { ...small, opacity: 40 },
  'opacity-40-background-translucent': { ...small, opacity: 40, background: colour(220, 30, 40, 0.2) },
  pad: { width: px(120), height: px(120), cropMode: 'pad_resize' },
  'pad-background-translucent': {
    width: px(120),
    height: px(120),
    cropMode: 'pad_resize',
    background: colour(220, 30, 40, 0.5),
  },
  'rotate-30': { ...small, rotate: 30 },
  radius: { width: px(120), height: px(60), radius: 'max' },
  grayscale: { ...small, grayscale: true },
  border: { ...small, border: { width: 8, colour: RED } },
};

describe('operations on a transparent picture', () => {
  for (const [name, step] of Object.entries(ON_CUTOUT)) {
    it(name, async () => {
      const { bytes } = await render(cutout, plan([step], { format: 'png' }), 'plain');

      await expectGolden(`cutout-${name}`, bytes);
    });
  }
});

const ON_FRAMED: Readonly<Record<string, Step>> = {
  alone: { trim: 10 },
  'then-resize': { trim: 10, width: px(75) },
  'then-crop': { trim: 10, width: px(60), height: px(60) },
  'then-enlarge': { trim: 10, width: px(200), height: px(60) },
  'then-pad': { trim: 10, width: px(100), height: px(100), cropMode: 'pad_resize', background: RED },
};

describe('trim', () => {
  for (const [name, step] of Object.entries(ON_FRAMED)) {
    it(name, async () => {
      const { bytes } = await render(framed, plan([step], { format: 'png' }), 'plain');

      await expectGolden(`trim-${name}`, bytes);
    });
  }
});
