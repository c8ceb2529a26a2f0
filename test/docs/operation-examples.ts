import type { Operation } from '../../lambda/core/plan/operations/operation.ts';

/** Files that the examples are made of; see example-pictures.ts. */
export type SourceName = 'lake.jpg' | 'balloon.png' | 'framed.png' | 'flight.gif' | 'none.jpg';

/** A transformation that shows what an operation does. */
export interface Example {
  /** Of its picture, without extension. */
  readonly name: string;
  /** As it stands in a URL behind `tr:`. */
  readonly transformation: string;
  readonly source: SourceName;
}

/** What an operation's own item needs around it; `*` is the item. */
interface Company {
  readonly around: string;
  readonly source?: SourceName;
}

const overlaid = (items: string): Company => ({ around: `l-image,i-balloon.png,w-50,${items},l-end` });
const written = (items: string): Company => ({ around: `l-text,i-Morning%20lake,${items},l-end` });
const long = (items: string): Company => ({ around: `l-text,i-A%20quiet%20morning%20at%20the%20lake,${items},l-end` });

const COMPANY: Readonly<Record<string, Company>> = {
  page: { around: '*', source: 'flight.gif' },
  'default image': { around: '*', source: 'none.jpg' },
  'aspect ratio': { around: 'w-120,*' },
  'crop strategy': { around: 'w-120,h-120,*' },
  'crop mode': { around: 'w-120,h-120,*' },
  focus: { around: 'w-80,h-120,*' },
  zoom: { around: 'w-120,h-120,fo-custom,*' },
  'left edge': { around: 'w-100,h-100,cm-extract,*' },
  'top edge': { around: 'w-100,h-100,cm-extract,*' },
  'horizontal centre': { around: 'w-100,h-100,cm-extract,*' },
  'vertical centre': { around: 'w-100,h-100,cm-extract,*' },
  'device pixel ratio': { around: 'w-100,*' },
  trim: { around: '*', source: 'framed.png' },
  background: { around: '*', source: 'balloon.png' },
  shadow: { around: '*', source: 'balloon.png' },
  sharpen: { around: 'w-180,*' },
  lossless: { around: 'w-120,*' },
  progressive: { around: 'f-jpg,*' },
  'layer position x': overlaid('*'),
  'layer position y': overlaid('*'),
  'layer centre x': overlaid('*'),
  'layer centre y': overlaid('*'),
  'layer anchor': overlaid('lx-0,ly-0,*'),
  'layer focus': overlaid('*'),
  'layer mode': { around: 'l-image,i-lake.jpg,t-false,*,l-end' },
  alpha: { around: 'l-image,i-ik_canvas,w-120,h-80,bg-FFFFFF,*,l-end' },
  'text width': long('fs-22,*'),
  'font size': written('*'),
  font: written('fs-28,*'),
  'text colour': written('fs-28,*'),
  'line alignment': long('fs-22,w-140,*'),
  'text padding': written('fs-24,bg-FFFFFF,*'),
  typography: written('fs-28,*'),
  'text background': written('fs-24,co-FFFFFF,pa-10,*'),
  'text box radius': written('fs-24,bg-FFFFFF,pa-10,*'),
  'line height': long('fs-22,w-140,*'),
};

/** What further values of an operation look like. */
const FURTHER: Readonly<Record<string, readonly string[]>> = {
  'crop strategy': [
    'c-maintain_ratio',
    'c-maintain_ratio_no_enlarge',
    'c-force',
    'c-at_max',
    'c-at_max_enlarge',
    'c-at_least',
  ],
  'crop mode': [
    'cm-pad_resize',
    'cm-pad_resize_no_enlarge',
    'cm-extract',
    'cm-pad_extract',
    'cm-pad_extract_no_shrink',
  ],
  focus: ['fo-left', 'fo-top_right', 'fo-auto', 'fo-custom'],
  'layer mode': ['lm-multiply', 'lm-displace', 'lm-cutout', 'lm-cutter'],
  background: ['bg-blurred', 'bg-dominant', 'bg-gradient_dominant', 'bg-gradient_dominant_4'],
};

const SURROUNDINGS: Readonly<Record<string, string>> = {
  'crop strategy': 'w-280,h-120,*',
  'crop mode': 'w-280,h-120,bg-FFCC66,*',
  focus: 'w-80,h-120,*',
  'layer mode': 'l-image,i-balloon.png,w-120,x-12,y-12,*,l-end',
  background: 'w-160,h-160,cm-pad_resize,*',
};

const slug = (text: string): string => text.replaceAll(/[^A-Za-z0-9]+/g, '-').toLowerCase();

/** The example of an operation's row. */
export function exampleOf({ name, example }: Operation): Example {
  const { around, source = 'lake.jpg' } = COMPANY[name] ?? { around: '*' };
  return { name: slug(name), transformation: around.replace('*', example), source };
}

/** Examples of further values, if there are any. */
export function furtherExamples({ name }: Operation): readonly Example[] {
  return (FURTHER[name] ?? []).map((item) => ({
    name: slug(`${name} ${item.slice(item.indexOf('-') + 1)}`),
    transformation: (SURROUNDINGS[name] ?? '*').replace('*', item),
    source: 'lake.jpg',
  }));
}
