/** Fixed-point number of ICC profiles: 16 bits before the point, 16 after (ICC.1, section 4.6). */
const s15Fixed16 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(Math.round(value * 65536));
  return bytes;
};

const tag = (type: string, ...content: Buffer[]): Buffer => {
  const body = Buffer.concat([Buffer.from(type), Buffer.alloc(4), ...content]);
  return Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)]);
};

const xyz = (...values: readonly number[]): Buffer => tag('XYZ ', ...values.map(s15Fixed16));

/**
 * A profile of the Adobe RGB (1998) colour space, made from its published primaries adapted to D50, its gamma of
 * 563/256 and nothing else.
 */
export function adobeRgbProfile(): Buffer {
  const gamma = tag('curv', Buffer.from([0, 0, 0, 1, 563 >> 8, 563 & 255]));
  const text = Buffer.from('made for a test\0');
  const description = tag('desc', Buffer.from([0, 0, 0, text.length]), text, Buffer.alloc(78));
  return assemble([
    ['desc', description],
    ['cprt', tag('text', text)],
    ['wtpt', xyz(0.9642, 1, 0.8249)],
    ['rXYZ', xyz(0.60974, 0.31111, 0.01947)],
    ['gXYZ', xyz(0.20528, 0.62567, 0.06087)],
    ['bXYZ', xyz(0.14919, 0.06322, 0.74457)],
    ['rTRC', gamma],
    ['gTRC', gamma],
    ['bTRC', gamma],
  ]);
}

function assemble(tags: readonly (readonly [string, Buffer])[]): Buffer {
  const table = Buffer.alloc(4 + tags.length * 12);
  table.writeUInt32BE(tags.length);
  let at = 128 + table.length;
  for (const [index, [name, content]] of tags.entries()) {
    table.write(name, 4 + index * 12, 'latin1');
    table.writeUInt32BE(at, 8 + index * 12);
    table.writeUInt32BE(content.length, 12 + index * 12);
    at += content.length;
  }
  return Buffer.concat([header(at), table, ...tags.map(([, content]) => content)]);
}

function header(size: number): Buffer {
  const bytes = Buffer.alloc(128);
  bytes.writeUInt32BE(size);
  bytes.writeUInt32BE(0x02100000, 8);
  bytes.write('mntrRGB XYZ ', 12, 'latin1');
  bytes.write('acsp', 36, 'latin1');
  s15Fixed16(0.9642).copy(bytes, 68);
  s15Fixed16(1).copy(bytes, 72);
  s15Fixed16(0.8249).copy(bytes, 76);
  return bytes;
}
