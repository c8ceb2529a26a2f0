import { describe, it } from 'vitest';
import { readPlan } from '../../../lambda/core/plan/read-plan.ts';
import { render } from '../../../lambda/core/render/render.ts';
import { expectGolden } from '../../images/golden.ts';
import { drawCutout } from '../../images/scene.ts';
import { onCanvas, sceneIn } from '../../images/sources.ts';

const scene = await sceneIn('png');
const portrait = await sceneIn('png', 160, 240);
const cutout = await onCanvas(drawCutout(240, 160)).png().toBuffer();

/** The whole way from the URL's text to the pixels. */
async function draw(source: Uint8Array, transformation: string): Promise<Uint8Array> {
  const plan = readPlan(`${transformation}:f-png`.split(':').map((step) => step.split(',')));
  return (await render(source, plan, 'plain')).bytes;
}

const ON_SCENE: Readonly<Record<string, string>> = {
  usm: 'w-160,e-usm',
  'usm-strong': 'w-160,e-usm-3-3-3-0.02',
  'colorize-gray': 'w-120,e-colorize',
  'colorize-blue-50': 'w-120,e-colorize-co-blue_in-50',
  'replace-red-by-blue': 'w-120,cr-0000FF_40_C84640',
  'replace-dominant': 'w-120,cr-800080',
  'gradient-bare': 'w-120,e-gradient',
  'gradient-right-half': 'w-120,e-gradient-ld-right_from-red_to-00000000_sp-0.5',
  'gradient-pixels-diagonal': 'w-120,e-gradient-ld-bottom_right_from-FFFF00_to-0000FF50_sp-60',
  perspective: 'w-120,e-distort-p-20_0_100_15_120_80_0_60',
  'arc-up': 'w-120,e-distort-a-90',
  'arc-down': 'w-120,e-distort-a-N90',
  'arc-circle': 'w-160,h-30,c-force,e-distort-a-360',
  'focus-auto-narrow': 'w-50,h-100,fo-auto',
  'focus-auto-extract': 'w-80,h-80,cm-extract,fo-auto',
  'blurred-background': 'w-160,h-160,cm-pad_resize,bg-blurred',
  'blurred-background-dark': 'w-160,h-160,cm-pad_resize,bg-blurred_30_N80',
  'dominant-background': 'w-160,h-160,cm-pad_resize,bg-dominant',
  'gradient-background-2': 'w-160,h-160,cm-pad_resize,bg-gradient_dominant',
  'gradient-background-4': 'w-160,h-160,cm-pad_resize,bg-gradient_dominant_4',
  'extract-background': 'w-300,h-200,cm-pad_extract,bg-dominant',
};

const ON_CUTOUT: Readonly<Record<string, string>> = {
  'cutout-shadow': 'w-120,e-shadow',
  'cutout-shadow-strong': 'w-120,e-shadow-bl-4_st-80_x-10_y-N10',
  'cutout-usm': 'w-120,e-usm',
  'cutout-colorize': 'w-120,e-colorize-co-green',
  'cutout-gradient': 'w-120,e-gradient-ld-top_from-red_to-blue',
  'cutout-perspective': 'w-120,e-distort-p-30_0_90_0_120_80_0_80',
  'cutout-dominant-background': 'w-120,bg-dominant',
  'cutout-gradient-background': 'w-120,bg-gradient_dominant_4',
  'cutout-blurred-background': 'w-120,h-120,cm-pad_resize,bg-blurred',
};

describe('effects', () => {
  for (const [name, transformation] of Object.entries(ON_SCENE)) {
    it(`${name}: ${transformation}`, async () => {
      await expectGolden(`effect-${name}`, await draw(scene, transformation));
    });
  }

  for (const [name, transformation] of Object.entries(ON_CUTOUT)) {
    it(`${name}: ${transformation}`, async () => {
      await expectGolden(`effect-${name}`, await draw(cutout, transformation));
    });
  }

  it('backgrounds beside a portrait lie left and right', async () => {
    await expectGolden(
      'effect-portrait-gradient-background',
      await draw(portrait, 'w-160,h-100,cm-pad_resize,bg-gradient_dominant'),
    );
  });
});
