import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { synthesizeApp } from '../../local/synthesize-app.ts';
import { type Product, type ProductOptions, runStart, startProduct } from './product.ts';

const ROOT = new URL('../..', import.meta.url).pathname;

let folder: string;
/** A state folder that one start has filled. */
let kept: ProductOptions;
let privateKey: string;
let ownerToken: string | undefined;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-start-'));
  kept = { args: [], environment: { VITRINE_STATE: join(folder, 'kept') } };
  const first = await startProduct(kept);
  ({ privateKey } = first);
  ownerToken = ownerTokenOf(first);
  await first.stop();
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Of the link that the first owner signs in with. */
const ownerTokenOf = ({ output }: Product): string | undefined => /invitation\?token=(\S+)/.exec(output())?.[1];

/** A start that fails says one thing, in words for a person. */
async function refusal(options: ProductOptions): Promise<string> {
  const { code, output } = await runStart(options);
  expect(code).toBe(1);
  expect(output).not.toMatch(/^\s+at /m);
  return output.trim();
}

describe('a start with a kept state', () => {
  it('is fast, has the keys and pictures of the first, and keeps a second program out', async () => {
    await using second = await startProduct(kept);

    expect(second.processorMilliseconds()).toBeLessThan(3000);
    expect(second.privateKey).toBe(privateKey);
    // The link that was printed before is printed again, and still works.
    expect([ownerToken?.length, ownerTokenOf(second)]).toEqual([43, ownerToken]);
    const accepted = await fetch(`${second.api}/v1/people/invitations/accept`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: ownerToken }),
    });
    expect(accepted.status).toBe(204);
    expect((await fetch(`${second.media}/samples/poster.jpg?tr=w-200`)).status).toBe(200);
    expect(await refusal(kept)).toBe(
      `The state folder ${join(folder, 'kept')} is in use by process ${second.pid}. Stop it, or set VITRINE_STATE to another folder.`,
    );
  });
});

describe.runIf(process.platform === 'linux')('the program', () => {
  it('keeps its process when it begins anew with settings for its memory, and those that somebody made', async () => {
    await using product = await startProduct({ environment: { MALLOC_ARENA_MAX: '3' } });

    const environment = readFileSync(`/proc/${product.pid}/environ`, 'utf8').split('\0');
    expect(environment).toEqual(expect.arrayContaining(['MALLOC_ARENA_MAX=3', 'MALLOC_MMAP_THRESHOLD_=131072']));
    expect(await product.stop()).toBe(0);
  });
});

describe('a start without a kept state', () => {
  it('removes what it wrote', async () => {
    const product = await startProduct();
    const [, state = ''] = /State\s+(\S+)/.exec(product.output()) ?? [];
    expect(existsSync(state)).toBe(true);
    await product.stop();

    expect(existsSync(state)).toBe(false);
  });
});

describe('a start', () => {
  it('prints addresses first and alone, and has a page on both ports', async () => {
    await using product = await startProduct();
    const printed = product.output().trim().split('\n');
    const pages = await Promise.all([product.media, product.api].map((base) => fetch(`${base}/`)));

    expect(printed[0]).toBe('Vitrine is running.');
    expect(product.output()).not.toContain('Not emulated on this machine');
    for (const page of pages) {
      expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      const html = await page.text();
      expect(html).toContain(`${product.api}/docs`);
      expect(html).not.toContain(product.privateKey);
      const pictures = [...html.matchAll(/<img src="([^"]+)"/g)].map((match) =>
        (match[1] ?? '').replaceAll('&amp;', '&'),
      );
      expect(pictures).toHaveLength(3);
      for (const url of pictures) expect((await fetch(url)).status).toBe(200);
    }
  });

  it('lists what is not emulated when asked to', async () => {
    await using product = await startProduct({ args: ['--ephemeral', '--verbose'] });

    await expect.poll(product.output).toMatch(/Vitrine is running.*Not emulated on this machine:.*IAM/s);
  });
});

describe('a start fails in one sentence', () => {
  it.each(['PORT', 'API_PORT'])('when the port in %s is taken', async (variable) => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;

    expect(await refusal({ environment: { [variable]: String(port) } })).toBe(
      `Port ${port} is taken by another program. Stop it, or set ${variable} to another port.`,
    );
    other.close();
  });

  it('for an option that it does not have', async () => {
    expect(await refusal({ args: ['--permanent'] })).toBe(
      "Unknown option '--permanent'; the options are --ephemeral, --ready-file, --assembly, --large-uploads, --regions, --viewer-response-sees, --faults, --verbose, --help.",
    );
  });

  it('when the state folder cannot be made', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');

    for (const state of [file, join(file, 'below')]) {
      expect(await refusal({ args: [], environment: { VITRINE_STATE: state } })).toBe(
        `${file} cannot be made, because there is a file in its place. Set VITRINE_STATE to a folder.`,
      );
    }
  });

  it('when the DynamoDB server is missing', async () => {
    expect(await refusal({ environment: { VITRINE_DYNOXIDE: join(folder, 'gone') } })).toBe(
      `VITRINE_DYNOXIDE is "${join(folder, 'gone')}", which is not a program that can be run.`,
    );
  });

  it.each(['s3/metadata.db', 'dynamodb.sqlite', 'secrets.json'])('that names %s when it is damaged', async (file) => {
    const state = join(folder, `damaged-${file.replace('/', '-')}`);
    cpSync(join(folder, 'kept'), state, { recursive: true });
    const path = join(state, 'data', file);
    writeFileSync(path, 'This is neither a database nor JSON. '.repeat(300));

    expect(await refusal({ args: [], environment: { VITRINE_STATE: state } })).toBe(
      `${path} is damaged. Restore it from a copy, or move the whole state folder away to begin anew.`,
    );
  });

  it('that names a property which the local cloud does not know', async () => {
    const assembly = join(folder, 'assembly');
    cpSync(await synthesizeApp(ROOT), assembly, { recursive: true });
    const file = readdirSync(assembly).find((name) => name.endsWith('edge.template.json')) ?? '';
    const template = JSON.parse(readFileSync(join(assembly, file), 'utf8'));
    const [id = ''] = Object.keys(template.Resources).filter(
      (name) => template.Resources[name].Type === 'AWS::CloudFront::Distribution',
    );
    template.Resources[id].Properties.DistributionConfig.Sparkle = true;
    writeFileSync(join(assembly, file), JSON.stringify(template));

    expect(await refusal({ args: ['--ephemeral', '--assembly', assembly] })).toBe(
      `vitrine-edge: resource ${id} (AWS::CloudFront::Distribution): property DistributionConfig.Sparkle is not known to the local cloud.`,
    );
  });
});

it('explains itself', async () => {
  const { code, output } = await runStart({ args: ['--help'] });

  expect(code).toBe(0);
  expect(output).toMatch(/--ephemeral.*--ready-file FILE.*VITRINE_STATE/s);
});
