import { crc32, inflateRawSync } from 'node:zlib';

export interface ReadMember {
  readonly name: string;
  readonly bytes: Buffer;
}

/** The members of a ZIP, found by its directory; each is read from its own header, and its sum is checked. */
export function readZip(zip: Buffer): ReadMember[] {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  const count = zip.readUInt16LE(end + 10);
  let at = zip.readUInt32LE(end + 16);
  return Array.from({ length: count }, () => {
    const nameLength = zip.readUInt16LE(at + 28);
    const name = zip.subarray(at + 46, at + 46 + nameLength);
    const [crc, packed, size, offset] = [16, 20, 24, 42].map((place) => zip.readUInt32LE(at + place)) as [
      number,
      number,
      number,
      number,
    ];
    at += 46 + nameLength;
    if (!zip.subarray(offset + 30, offset + 30 + nameLength).equals(name)) throw new Error(`Two names of ${name}.`);
    const bytes = inflateRawSync(zip.subarray(offset + 30 + nameLength, offset + 30 + nameLength + packed));
    if (bytes.length !== size || crc32(bytes) !== crc) throw new Error(`${name} is damaged.`);
    return { name: name.toString('utf8'), bytes };
  });
}
