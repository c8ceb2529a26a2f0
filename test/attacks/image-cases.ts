import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { expect } from 'vitest';
import { claimingGif, claimingPng, pngChunk, withJpegSegment } from '../images/crafted.ts';
import { drawScene } from '../images/scene.ts';
import { animation, onCanvas, privateSource, sceneIn } from '../images/sources.ts';
import { timeAtLoad } from '../time-at-load.ts';
import { attack } from './attack-case.ts';
import type { Target } from './target.ts';

const REFUSED = [400, 413, 415, 422];

/** Uploads and delivers a file; it must be refused, quickly, and the next request served. */
async function refuse(target: Target, name: string, bytes: Uint8Array): Promise<void> {
  const started = performance.now();
  const { status } = await target.deliver(name, bytes, 'tr=w-200');

  expect(REFUSED, name).toContain(status);
  expect(performance.now() - started, name).toBeLessThan(timeAtLoad(5000));
  await target.isAlive();
}

/** JPEG with another size in its frame header (ITU-T T.81, SOF0 or SOF2). */
function claimingJpeg(jpeg: Buffer, width: number, height: number): Buffer {
  const patched = Buffer.from(jpeg);
  const frame =
    [0xc0, 0xc2].map((marker) => patched.indexOf(Buffer.from([0xff, marker, 0, 17]))).find((at) => at > 0) ?? 0;
  patched.writeUInt16BE(height, frame + 5);
  patched.writeUInt16BE(width, frame + 7);
  return patched;
}

/** A PNG whose text and profile chunks inflate to a gigabyte each; a megabyte of zeros deflates a thousandfold. */
function inflatingPng(png: Buffer): Buffer {
  const zeros = deflateSync(Buffer.alloc(64_000_000));
  const text = pngChunk('zTXt', Buffer.concat([Buffer.from('Comment\0\0', 'latin1'), zeros]));
  const profile = pngChunk('iCCP', Buffer.concat([Buffer.from('p\0\0', 'latin1'), zeros]));
  return Buffer.concat([png.subarray(0, 33), profile, ...Array(8).fill(text), png.subarray(33)]);
}

/** A TIFF whose only directory follows itself. */
function cyclicTiff(): Buffer {
  const bytes = Buffer.from('II*\0\x08\0\0\0\x01\0\0\x01\x03\0\x01\0\0\0\x08\0\0\0\x08\0\0\0', 'latin1');
  return bytes;
}

/** Hostile raster images. */
export const IMAGE_CASES = [
  attack('IMG-002', 'a JPEG that claims 64,250 x 64,250', async (target) => {
    await refuse(target, 'lottapixel.jpg', claimingJpeg(await sceneIn('jpeg'), 64_250, 64_250));
  }),
  attack('IMG-004', 'a PNG whose text and profile inflate without bound', async (target) => {
    await refuse(target, 'inflating.png', inflatingPng(await sceneIn('png')));
  }),
  attack('IMG-005', 'GIFs whose frames or canvas grow', async (target) => {
    const grown = claimingGif(0, 0, 2);
    for (let at = grown.indexOf(0x2c, 13); at > 0; at = grown.indexOf(0x2c, at + 12)) {
      grown.writeUInt16LE(60_000, at + 1);
      grown.writeUInt16LE(60_000, at + 3);
    }
    await refuse(target, 'canvas.gif', grown);
    await refuse(target, 'frames.gif', claimingGif(700, 700, 450));
  }),
  attack('IMG-007', 'animations of very many frames', async (target) => {
    await refuse(target, 'frames-10000.gif', claimingGif(4, 4, 10_000));
    const webp = await animation(16, 16, 'webp');
    const frame = webp.subarray(webp.indexOf('ANMF'));
    const many = Buffer.concat([webp.subarray(0, webp.indexOf('ANMF')), ...Array(2500).fill(frame)]);
    many.writeUInt32LE(many.length - 8, 4);
    await refuse(target, 'frames.webp', many);
  }),
  attack('IMG-009', 'AVIF boxes that contradict each other', async (target) => {
    const avif = await sceneIn('avif');
    for (const box of ['iloc', 'iinf', 'ipma', 'ispe', 'pitm']) {
      const broken = Buffer.from(avif);
      broken.fill(0xff, broken.indexOf(box) + 4, broken.indexOf(box) + 16);
      const { status } = await target.deliver(`broken-${box}.avif`, broken, 'tr=w-200');
      expect([200, ...REFUSED], box).toContain(status);
    }
    await target.isAlive();
  }),
  attack('IMG-010', 'the renderer is not older than its last known holes', async () => {
    expect(sharp.versions.sharp?.localeCompare('0.35.5', undefined, { numeric: true })).toBeGreaterThanOrEqual(0);
  }),
  attack('IMG-012', 'a TIFF whose directories go in a circle', async (target) => {
    await refuse(target, 'cyclic.tiff', cyclicTiff());
  }),
  attack('IMG-014', 'a picture of two hundred channels', async (target) => {
    const header = Buffer.from('II*\0\x08\0\0\0\x06\0', 'latin1');
    const entry = (tag: number, type: number, value: number) => {
      const bytes = Buffer.alloc(12);
      bytes.writeUInt16LE(tag);
      bytes.writeUInt16LE(type, 2);
      bytes.writeUInt32LE(1, 4);
      bytes.writeUInt32LE(value, 8);
      return bytes;
    };
    const entries = [
      entry(256, 3, 8),
      entry(257, 3, 8),
      entry(258, 3, 8),
      entry(262, 3, 1),
      entry(273, 4, 86),
      entry(277, 3, 200),
    ];
    const file = Buffer.concat([header, ...entries, Buffer.alloc(4 + 8 * 8 * 200)]);
    const { status, headers, body } = await target.deliver('channels.tiff', file, 'tr=w-200');

    // Valid, and nothing that is decoded here: it is delivered as it is, and says so.
    expect([status, headers.get('x-vitrine-ignored'), body.equals(file)]).toEqual([200, ['w-200'], true]);
    await target.isAlive();
  }),
  attack('IMG-015', 'files cut off within their header', async (target) => {
    const files = {
      jpg: await sceneIn('jpeg'),
      png: await sceneIn('png'),
      webp: await sceneIn('webp'),
      avif: await sceneIn('avif'),
      gif: await animation(40, 30, 'gif'),
    };
    for (const [extension, bytes] of Object.entries(files)) {
      for (const length of [0, 1, 4, 12, 20, 33, 64, 150, 300]) {
        const { status } = await target.deliver(`cut-${length}.${extension}`, bytes.subarray(0, length), 'tr=w-200');
        expect(REFUSED, `${extension} of ${length} bytes`).toContain(status);
      }
    }
    await target.isAlive();
  }),
  attack('IMG-017', 'a JPEG of a thousand scans', async (target) => {
    const jpeg = await onCanvas(drawScene(512, 512)).jpeg({ progressive: true }).toBuffer();
    const scan = jpeg.subarray(jpeg.lastIndexOf(Buffer.from([0xff, 0xda])), jpeg.length - 2);
    const many = Buffer.concat([jpeg.subarray(0, jpeg.length - 2), ...Array(1000).fill(scan), jpeg.subarray(-2)]);
    const started = performance.now();
    const { status } = await target.deliver('scans.jpg', many, 'tr=w-200');

    expect([200, ...REFUSED]).toContain(status);
    expect(performance.now() - started).toBeLessThan(timeAtLoad(5000));
    await target.isAlive();
  }),
  attack('IMG-019', 'EXIF with odd orientations, huge notes and a place', async (target) => {
    const photo = await privateSource(drawScene(300, 200), 'jpeg', 6);
    for (const orientation of [0, 9, 255]) {
      const odd = Buffer.from(photo);
      const at =
        odd.indexOf(Buffer.from([0x01, 0x12, 0x00, 0x03])) >= 0
          ? odd.indexOf(Buffer.from([0x01, 0x12, 0x00, 0x03])) + 9
          : odd.indexOf(Buffer.from([0x12, 0x01, 0x03, 0x00])) + 8;
      odd[at] = orientation;
      const { status, body } = await target.deliver(`orientation-${orientation}.jpg`, odd, 'tr=w-100,f-jpg');
      expect(status).toBe(200);
      expect((await sharp(body).metadata()).exif).toBeUndefined();
    }
    const notes = Array(120)
      .fill('n'.repeat(65_000))
      .reduce((jpeg: Buffer, note: string) => withJpegSegment(jpeg, 0xe1, note), photo);
    expect((await target.deliver('notes.jpg', notes.subarray(0, 4_400_000), 'tr=w-100')).status).toBeLessThan(500);
    await target.isAlive();
  }),
  attack('IMG-020', 'a type is what the bytes are', async (target) => {
    const html = Buffer.from('<!doctype html><script>alert(1)</script>');
    expect(REFUSED).toContain((await target.deliver('page.png', html, '')).status);
    const { status, headers } = await target.deliver('really-a-png.jpg', await sceneIn('png'), '');
    expect([status, headers.get('content-type')?.[0]]).toEqual([200, 'image/png']);
  }),
  attack('IMG-022', 'nothing, one byte, one pixel, one line', async (target) => {
    for (const length of [0, 1]) {
      expect(REFUSED).toContain((await target.deliver(`tiny-${length}.png`, Buffer.alloc(length), 'tr=w-200')).status);
    }
    const solid = (width: number, height: number) =>
      sharp({ create: { width, height, channels: 3, background: 'teal' } })
        .png()
        .toBuffer();
    expect((await target.deliver('pixel.png', await solid(1, 1), 'tr=w-200')).status).toBe(200);
    expect((await target.deliver('line.png', await solid(1, 8000), 'tr=h-200')).status).toBe(200);
    expect([200, ...REFUSED]).toContain((await target.deliver('line.png', await solid(1, 65_535), 'tr=w-200')).status);
    await target.isAlive();
  }),
  attack('IMG-002b', 'a PNG that claims the largest size there is', async (target) => {
    await refuse(target, 'largest.png', claimingPng(0x7fffffff, 0x7fffffff));
    await refuse(target, 'large.png', claimingPng(100_000, 100_000));
  }),
];
