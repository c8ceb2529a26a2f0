/** Keys that ImageKit has and this product refuses: without them the answer would be another picture than asked for. */
export interface UnsupportedOperation {
  readonly keys: readonly string[];
  /** What they ask for, as the subject of "is not supported". */
  readonly feature: string;
}

export const UNSUPPORTED_OPERATIONS: readonly UnsupportedOperation[] = [
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
    feature: 'a generative edit',
  },
  {
    keys: ['oi', 'ot', 'obg', 'oh', 'ow', 'ox', 'oy', 'ofo', 'oir', 'ois', 'otc', 'ots', 'otf'],
    feature: 'an overlay of the old syntax',
  },
  { keys: ['so', 'eo', 'du', 'sr', 'vc', 'ac'], feature: 'video' },
];

const BY_KEY: ReadonlyMap<string, UnsupportedOperation> = new Map(
  UNSUPPORTED_OPERATIONS.flatMap((entry) => entry.keys.map((key) => [key, entry] as const)),
);

export const unsupportedOf = (key: string): UnsupportedOperation | undefined => BY_KEY.get(key);
