import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ImageKit from '@imagekit/nodejs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startProduct } from './product.ts';
import { DECLARED, namedIn, recordedIn, recordingInto } from './recorded-connections.ts';

/* Nothing of the product calls anybody whom docs/connections.json does not name: no telemetry, no update, no font, no metadata service. */
let folder: string;
let file: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-connections-'));
  file = join(folder, 'connections');
});

afterAll(() => rmSync(folder, { recursive: true }));

const recording = () => recordingInto(file);
const recorded = () => recordedIn(file);

it('the recorder sees connections of a process and of those below it, by name and by address, datagrams too', () => {
  const inner = "require('node:net').connect(9, '192.0.2.1').on('error', () => {}).destroy()";
  const outer = `
    require('node:http').get('http://example.invalid/').on('error', () => {});
    require('node:dgram').createSocket('udp4').send('x', 9, '192.0.2.7', () => process.exit());
    require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(inner)}], { env: { PATH: process.env.PATH } });
  `;
  // The datagram's end would be the inner process's.
  const program = outer.replace('() => process.exit()', '() => setTimeout(process.exit, 1500)');
  spawnSync(process.execPath, ['-e', program], { env: { ...process.env, ...recording() }, timeout: 30_000 });

  expect(recorded()).toEqual(['program 192.0.2.1', 'program example.invalid', 'program udp 192.0.2.7']);
  rmSync(file);
});

it('the product connects to what is declared, all of it and nothing else', async () => {
  const product = await startProduct({ environment: recording() });
  try {
    const client = new ImageKit({ privateKey: product.privateKey, baseURL: product.api });
    const upload = (fileName: string) =>
      client.files.upload({ file: Buffer.from('text').toString('base64'), fileName, useUniqueFileName: false });
    const { fileId = '' } = await upload('connections.txt');
    await client.files.update(fileId, { tags: ['seen'] });
    await client.folders.create({ folderName: 'seen', parentFolderPath: '/' });
    await client.files.move({ sourceFilePath: '/connections.txt', destinationPath: '/seen' });
    await client.cache.invalidation.create({ url: `${product.media}/seen/connections.txt` });
    for (const transformation of ['w-50', 'w-60,f-avif', 'w-70:l-text,i-Seen,l-end', 'orig-true']) {
      expect((await fetch(`${product.media}/samples/harbour.jpg?tr=${transformation}`)).status).toBe(200);
    }
    expect((await fetch(product.api)).status).toBeLessThan(500);
    await client.files.delete(fileId);
  } finally {
    await product.stop();
  }

  expect(recorded()).toEqual(namedIn(DECLARED));
}, 240_000);
