import { crc32, deflateSync } from 'node:zlib';
import type { Library } from './library.ts';

/** A picture of ours in the library. */
export interface Sample {
  /** Path of the URL, without a query. */
  readonly path: string;
  /** Puts another picture in its place. */
  readonly replace: () => Promise<void>;
  /** Leaves no byte of it. */
  readonly remove: () => Promise<void>;
}

/** @param id keeps two runs apart */
export async function storeSample(library: Library, id: string): Promise<Sample> {
  const fileName = `vitrine-doctor-${id}.png`;
  const { fileId, filePath } = await library.upload(fileName, drawPng(64, 48, 40));
  return {
    path: filePath,
    replace: async () => void (await library.upload(fileName, drawPng(64, 48, 200))),
    remove: () => library.call('DELETE', `/v1/files/${fileId}?purge=true`),
  };
}

/** A PNG (W3C, "Portable Network Graphics") with a gradient of one brightness. */
export function drawPng(width: number, height: number, brightness: number): Uint8Array<ArrayBuffer> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // 8 bits a sample, colour.
  header.set([8, 2], 8);
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let index = 0; index < rows.length; index++) {
    const isFilterByte = index % (1 + width * 3) === 0;
    rows[index] = isFilterByte ? 0 : (brightness + index / height) % 256;
  }
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return new Uint8Array(
    Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]),
  );
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const frame = Buffer.alloc(4);
  frame.writeUInt32BE(data.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([frame, body, checksum]);
}
