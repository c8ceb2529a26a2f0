import type { Focus, Position } from '../plan.ts';
import { oneOf } from './choice.ts';
import type { Grammar } from './grammar.ts';
import { fault, found } from './grammar.ts';

/** The nine places of a picture. */
export const POSITIONS = [
  'center',
  'top',
  'left',
  'bottom',
  'right',
  'top_left',
  'top_right',
  'bottom_left',
  'bottom_right',
] as const satisfies readonly Position[];

const places = oneOf<Position>(POSITIONS);

/** Things that ImageKit finds in pictures: the classes of the COCO data set. */
const OBJECTS: ReadonlySet<string> = new Set(
  `person bicycle car motorcycle airplane bus train truck boat trafficLight fireHydrant stopSign parkingMeter bench bird
  cat dog horse sheep cow elephant bear zebra giraffe backpack umbrella handbag tie suitcase frisbee skis snowboard
  sportsBall kite baseballBat baseballGlove skateboard surfboard tennisRacket bottle wineGlass cup fork knife spoon bowl
  banana apple sandwich orange broccoli carrot hotDog pizza donut cake chair couch pottedPlant bed diningTable toilet tv
  laptop mouse remote keyboard cellPhone microwave oven toaster sink refrigerator book clock vase scissors teddyBear
  hairDrier toothbrush`.split(/\s+/),
);

const WORDS: ReadonlySet<string> = new Set(['auto', 'custom', 'auto-custom_override']);

/**
 * Which part of the picture is kept, or where it stands on its padding. Faces and things are not looked for: a crop for
 * them falls back to what looks important (and is told as left out).
 */
export const focus: Grammar<Focus> = {
  expected: `${places.expected}, auto, custom, auto-custom_override`,
  parse: (text) => {
    if (WORDS.has(text)) return found(text as Focus);
    if (text === 'face' || text.split('_').every((word) => OBJECTS.has(word)))
      return { ...found<Focus>('auto'), instead: true };
    const place = places.parse(text);
    return place.kind === 'fault' ? fault(`${place.expected}, auto, custom, auto-custom_override`) : place;
  },
  format: (value) => value,
  samples: [...places.samples, 'auto', 'custom', 'auto-custom_override'],
};
