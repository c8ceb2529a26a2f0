import { describe, it } from 'vitest';
import { FONT_FAMILIES } from '../../../../../lambda/core/plan/grammars/font-family.ts';
import { expectGolden } from '../../../../images/golden.ts';
import { paint } from '../../../../images/scene.ts';
import { onCanvas, sceneIn } from '../../../../images/sources.ts';
import { drawUrl, input } from '../drawing.ts';

const paper = await onCanvas(paint(240, 160, 3, () => [245, 240, 225, 255]))
  .png()
  .toBuffer();
const scene = await sceneIn('png', 240, 160);

const LONG = input('Fine glass and quiet light, framed for everybody');

/** What stands between `l-text` and `l-end`. */
const TEXTS: Readonly<Record<string, string>> = {
  plain: 'i-Vitrine',
  colour: 'i-Vitrine,co-C84640',
  'colour-translucent': 'i-Vitrine,co-C8464040',
  'alpha-of-digits': 'i-Vitrine,co-C84640,al-4',
  'alpha-of-a-name': 'i-Vitrine,co-red,al-4',
  size: 'i-Vitrine,fs-20',
  'size-computed': 'i-Vitrine,fs-bh_div_2',
  'wrapped-centre': `${LONG},fs-22,w-180`,
  'wrapped-left': `${LONG},fs-22,w-180,ia-left`,
  'wrapped-right': `${LONG},fs-22,w-180,ia-right`,
  'wrapped-high-lines': `${LONG},fs-18,w-220,lh-40`,
  'wrapped-in-a-word': `${input('Donaudampfschifffahrtsgesellschaft')},fs-24,w-150`,
  'short-in-wide-box': 'i-Hi,w-150,bg-FFFFFF',
  'short-in-wide-box-left': 'i-Hi,w-150,bg-FFFFFF,ia-left',
  'short-in-wide-box-right': 'i-Hi,w-150,bg-FFFFFF,ia-right',
  'line-breaks': `${input('One\nand two\r\nand\n\nfive')},fs-20`,
  box: 'i-Vitrine,fs-30,bg-204060,co-FFFFFF',
  'box-padding': 'i-Vitrine,fs-30,bg-204060,co-FFFFFF,pa-10',
  'box-padding-four': 'i-Vitrine,fs-30,bg-204060,co-FFFFFF,pa-5_20_25_40',
  'box-radius': 'i-Vitrine,fs-30,bg-204060,co-FFFFFF,pa-12,r-14',
  'box-radius-max': 'i-Vitrine,fs-30,bg-204060,co-FFFFFF,pa-12_30,r-max',
  'box-radius-four': 'i-Vitrine,fs-30,bg-204060,co-FFFFFF,pa-12,r-0_10_20_4',
  'box-translucent': 'i-Vitrine,fs-30,bg-00000050,co-FFFFFF,pa-8',
  bold: 'i-Vitrine,tg-b',
  italic: 'i-Vitrine,tg-i',
  'bold-italic': 'i-Vitrine,tg-b_i',
  strikethrough: 'i-Vitrine,tg-strikethrough',
  'bold-strikethrough': 'i-Vitrine,tg-b_strikethrough',
  rotated: 'i-Vitrine,rt-30,bg-FFFFFF80,pa-6',
  'rotated-back': 'i-Vitrine,rt-N90',
  'flipped-horizontal': 'i-Vitrine,fl-h',
  'flipped-vertical': 'i-Vitrine,fl-v',
  corner: 'i-Vitrine,fs-24,lx-N0,ly-N0,bg-FFFFFF',
  hebrew: `${input('שלום לכולם! (123)')},fs-28`,
  'hebrew-left': `${input('שלום לכולם, ברוכים הבאים')},fs-28,w-180,ia-left`,
  arabic: `${input('مرحبا بالعالم')},fs-32`,
  'both-directions': `${input('Say שלום twice')},fs-28`,
  'chinese-japanese-korean': `${input('汉字 漢字 かな 한글')},fs-28`,
  'south-asian': `${input('नमस्ते বাংলা தமிழ்')},fs-26`,
  'south-east-asian': `${input('สวัสดี ខ្មែរ မြန်မာ')},fs-24`,
  'greek-and-cyrillic': `${input('Ελλάδα Україна')},fs-28`,
  emoji: `${input('Hi 😀👩‍🚀🇩🇪❤️👍🏽')},fs-32`,
  'combining-marks': `${input('ñ ç e\u0301 Ầ')},fs-32`,
  markup: `${input('<b>5 & 6</b> &lt;')},fs-28`,
  nested: `${input('Out')},fs-60:l-text,i-in,fs-20,co-FF0000,l-end`,
};

describe('a text layer', () => {
  it.each(Object.entries(TEXTS))('draws %s', async (name, text) => {
    const { bytes } = await drawUrl(`l-text,${text},l-end`, name === 'rotated' ? scene : paper);

    await expectGolden(`text-${name}`, bytes);
  });

  it.each(FONT_FAMILIES)('is set in %s', async (family) => {
    const { bytes } = await drawUrl(`l-text,${input('Hamburg 19')},fs-36,ff-${family},l-end`, paper);

    await expectGolden(`font-${family.toLowerCase().replaceAll(/[ _]/g, '-')}`, bytes);
  });
});
