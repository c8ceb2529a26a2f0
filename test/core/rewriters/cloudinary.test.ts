import { describe, expect, it } from 'vitest';
import { readPlan } from '../../../lambda/core/plan/read-plan.ts';
import { fromCloudinary } from '../../../lambda/core/rewriters/cloudinary.ts';

const steps = (text: string) => fromCloudinary(text).steps;

/** ImageKit, "Cloudinary URL rewriter", example translations; the old words of overlays are those of layers. */
const EXAMPLES = [
  ['h_300,w_300,c_crop,g_north', 'h-300,w-300,cm-extract,fo-top'],
  ['ar_2.5', 'ar-2.5-1'],
  ['ar_3', 'ar-3-1'],
  ['ar_4:3', 'ar-4-3'],
  ['g_center', 'fo-center'],
  ['g_auto', 'fo-auto'],
  ['g_face', 'fo-face'],
  ['x_100,y_100', 'x-100,y-100'],
  ['f_jpg', 'f-jpg'],
  ['q_60', 'q-60'],
  ['q_auto', 'q-70'],
  ['q_auto:low', 'q-50'],
  ['q_auto:eco', 'q-60'],
  ['q_auto:best', 'q-86'],
  ['a_90', 'rt-90'],
  ['a_-67', 'rt-N67'],
  ['r_20', 'r-20'],
  ['r_20:30:40:50', 'r-20'],
  ['r_max', 'r-max'],
  ['e_blur', 'bl-1'],
  ['e_blur:500', 'bl-5'],
  ['e_grayscale', 'e-grayscale'],
  ['e_contrast:100', 'e-contrast'],
  ['e_sharpen:500', 'e-sharpen-5'],
  ['e_unsharp_mask:500', 'e-usm-0-5-1-0.05'],
  ['e_unsharp_mask:250', 'e-usm-0-2.5-1-0.05'],
  ['e_trim', 't-true'],
  ['e_trim:20', 't-20'],
  ['e_trim:20:red', 't-20'],
  ['bo_5px_solid_red', 'b-5-red'],
  ['bo_5px_solid_BLUE', 'b-5-blue'],
  ['bo_5px_solid_rgb:AAAA54', 'b-5-AAAA54'],
  ['bo_5px_solid_rgb:AAAA54A9', 'b-5-AAAA5466'],
  ['bo_5px_solid_rgb:B4F', 'b-5-BB44FF'],
  ['bo_5px_solid_rgb:B4F9', 'b-5-BB44FF60'],
  ['b_BLUE', 'bg-blue'],
  ['b_rgb:AAAA54A9', 'bg-AAAA5466'],
  ['b_blurred:400:15', 'bg-blurred_20_15'],
  ['dpr_3.0', 'dpr-3.0'],
  ['c_fill', 'c-maintain_ratio'],
  ['c_fit', 'c-at_max'],
  ['c_pad', 'cm-pad_resize'],
  ['c_scale', 'c-force'],
  ['fl_progressive', 'pr-true'],
  ['fl_progressive:none', 'pr-false'],
  ['z_2.0', 'z-2.0'],
  ['w_100/a_90', 'w-100:rt-90'],
  ['h_100,w_invalid/a_90', 'h-100:rt-90'],
  ['w_90,w_100,w_invalid', 'w-100'],
] as const;

const read = (transformation: string) => readPlan(transformation.split(':').map((step) => step.split(',')));

describe('Cloudinary’s transformation in our words', () => {
  it.each(EXAMPLES)('%s is %s, as ImageKit documents it', (theirs, ours) => {
    expect(readPlan(steps(`/${theirs}`))).toEqual(read(ours));
  });

  it('names keep their name, and the version asks for a fresh copy', () => {
    expect(fromCloudinary('/t_card/v1712345')).toEqual({ steps: [['n-card']], dropped: [], version: '1712345' });
  });

  it('reads commas that a client has escaped', () => {
    expect(steps('/w_300%2Ch_200')).toEqual([['w-300', 'h-200']]);
  });

  it('leaves out what has no valid value, and tells it', () => {
    const parts = ['w_1_2', 'c_thumb', 'g_west_north', 'e_cartoonify', 'e_constructor', 'q_200', 'd_a.jpg', 'w_%ff'];

    const { steps: kept, dropped } = fromCloudinary(`/${parts.join('/')}`);

    expect(kept.flat()).toEqual([]);
    expect(dropped).toEqual(parts);
  });

  it('asks for what is not offered, so that the plan refuses it', () => {
    expect(steps('/so_10.5599')).toEqual([['so-10.56']]);
  });
});

describe('an overlay', () => {
  it('is a layer with its own size and effects, and lies where the gravity and the offsets say', () => {
    expect(readPlan(steps('/l_brand:logo.png,w_100,e_grayscale,g_south_east,x_10,y_20'))).toEqual(
      read('l-image,i-brand@@logo.png,w-100,e-grayscale,lx-N10,ly-N20,l-end'),
    );
    expect(readPlan(steps('/l_logo.png,g_north_west'))).toEqual(read('l-image,i-logo.png,lfo-top_left,l-end'));
    expect(readPlan(steps('/l_logo.png,y_-5'))).toEqual(
      read('l-image,i-logo.png,lxc-bw_div_2_add_0,lyc-bh_div_2_sub_5,l-end'),
    );
  });

  it('has the segments before fl_layer_apply to itself', () => {
    expect(readPlan(steps('/w_400/l_logo.png,w_100,g_auto,c_fill/r_max/fl_layer_apply,g_north/a_90'))).toEqual(
      read('w-400:l-image,i-logo.png,w-100,fo-auto,c-maintain_ratio,lfo-top:r-max,l-end:rt-90'),
    );
  });

  it('may lie on another one', () => {
    expect(readPlan(steps('/l_a.png/l_b.png/fl_layer_apply,g_west/fl_layer_apply,g_east'))).toEqual(
      read('l-image,i-a.png,lfo-right:l-image,i-b.png,lfo-left,l-end,l-end'),
    );
  });

  it('of text has font, size, style and colour', () => {
    expect(readPlan(steps('/l_text:Roboto_50_bold_italic_left:Hello%252C%20you,co_rgb:B4F,b_red'))).toEqual(
      readPlan([
        [
          'l-text',
          'i-Hello, you',
          'ff-Roboto',
          'fs-50',
          'tg-b_i',
          'ia-left',
          'co-BB44FF',
          'bg-red',
          'lfo-center',
          'l-end',
        ],
      ]),
    );
    expect(readPlan(steps('/l_text:Roboto_9_constructor:x,g_constructor'))).toEqual(
      readPlan([['l-text', 'i-x', 'ff-Roboto', 'fs-9', 'lfo-center', 'l-end']]),
    );
    expect(readPlan(steps('/l_text:fonts@@brand.ttf_12:x'))).toEqual(
      readPlan([['l-text', 'i-x', 'ff-fonts@@brand.ttf', 'fs-12', 'lfo-center', 'l-end']]),
    );
  });

  it('that shows nothing here is left out with all that is its own', () => {
    const { steps: kept, dropped } = fromCloudinary('/w_9/l_video:a/w_100/fl_layer_apply,g_north/h_9');

    expect(kept.filter((step) => step.length > 0)).toEqual([['w-9'], ['h-9']]);
    expect(dropped).toEqual(['l_video:a']);
  });
});
