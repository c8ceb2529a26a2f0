/** What a TIFF's samples are (TIFF 6.0, tag 339). */
const SAMPLE_FORMATS = { unsigned: 1, signed: 2, float: 3 } as const;

/** A grey TIFF of one row, not compressed, little end first. Its samples count up from zero. */
export function greyTiff(bits: 8 | 16 | 32, format: keyof typeof SAMPLE_FORMATS, width = 4): Buffer {
  const samples = Buffer.alloc((width * bits) / 8);
  for (let index = 0; index < width; index++) {
    const at = (index * bits) / 8;
    if (format === 'float') samples.writeFloatLE(index / width, at);
    else samples.writeUIntLE(index, at, bits / 8);
  }
  const tags: readonly (readonly [tag: number, value: number])[] = [
    [256, width],
    [257, 1],
    [258, bits],
    [259, 1],
    [262, 1],
    [273, 8],
    [277, 1],
    [278, 1],
    [279, samples.length],
    [339, SAMPLE_FORMATS[format]],
  ];
  const head = Buffer.from('II*\0\0\0\0\0', 'latin1');
  head.writeUInt32LE(8 + samples.length, 4);
  const directory = Buffer.alloc(2 + tags.length * 12 + 4);
  directory.writeUInt16LE(tags.length);
  for (const [index, [tag, value]] of tags.entries()) {
    const at = 2 + index * 12;
    directory.writeUInt16LE(tag, at);
    directory.writeUInt16LE(4, at + 2);
    directory.writeUInt32LE(1, at + 4);
    directory.writeUInt32LE(value, at + 8);
  }
  return Buffer.concat([head, samples, directory]);
}
