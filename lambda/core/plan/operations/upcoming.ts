/** Keys of ImageKit's that are known but not offered: an answer without them would be another picture than asked for. */
export interface Upcoming {
  readonly keys: readonly string[];
  /** What they ask for, as the subject of "is not supported yet". */
  readonly feature: string;
}

export const UPCOMING: readonly Upcoming[] = [
  {
    keys: [
      'e-bgremove',
      'e-removedotbg',
      'e-changebg',
      'e-edit',
      'e-dropshadow',
      'e-retouch',
      'e-upscale',
      'e-genvar',
      'c2pa',
    ],
    feature: 'a generated change',
  },
  {
    keys: ['oi', 'ot', 'obg', 'oh', 'ow', 'ox', 'oy', 'ofo', 'oir', 'ois', 'otc', 'ots', 'otf'],
    feature: 'an overlay of the old syntax',
  },
  { keys: ['so', 'eo', 'du', 'sr', 'vc', 'ac'], feature: 'video' },
];

const BY_KEY: ReadonlyMap<string, Upcoming> = new Map(
  UPCOMING.flatMap((entry) => entry.keys.map((key) => [key, entry] as const)),
);

export const upcomingOf = (key: string): Upcoming | undefined => BY_KEY.get(key);
