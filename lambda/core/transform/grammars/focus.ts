import type { Position } from '../plan.ts';
import { oneOf } from './choice.ts';
import type { Grammar } from './grammar.ts';
import { unsupported } from './grammar.ts';

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

/** Focus that has to look at the picture. */
const LATER: ReadonlyMap<string, string> = new Map([
  ['auto', 'automatic focus'],
  ['auto-custom_override', 'automatic focus'],
  ['face', 'focus on faces'],
  ['custom', "focus on the file's own area"],
]);

/** Things that ImageKit finds in pictures: the classes of the COCO data set. */
const OBJECTS: ReadonlySet<string> = new Set(
  `person bicycle car motorcycle airplane bus train truck boat trafficLight fireHydrant stopSign parkingMeter bench bird
  cat dog horse sheep cow elephant bear zebra giraffe backpack umbrella handbag tie suitcase frisbee skis snowboard
  sportsBall kite baseballBat baseballGlove skateboard surfboard tennisRacket bottle wineGlass cup fork knife spoon bowl
  banana apple sandwich orange broccoli carrot hotDog pizza donut cake chair couch pottedPlant bed diningTable toilet tv
  laptop mouse remote keyboard cellPhone microwave oven toaster sink refrigerator book clock vase scissors teddyBear
  hairDrier toothbrush`.split(/\s+/),
);

/** Which part of the picture is kept, or where it stands on its padding. */
export const focus: Grammar<Position> = {
  ...places,
  parse: (text) => {
    const feature = LATER.get(text);
    if (feature !== undefined) return unsupported(feature);
    return text.split('_').every((word) => OBJECTS.has(word)) ? unsupported('focus on objects') : places.parse(text);
  },
};
