import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { packagesOfFunctions } from '../../lib/bundling/shipped-packages.ts';
import { ROOT } from '../architecture/sources.ts';
import { temporaryFolder } from '../temporary-folders.ts';

let registry: Server | undefined;

afterEach(() => registry?.close());

/** A registry that knows these advisories by the package, and nothing else. @returns its address */
async function registryWith(status: number, advisories: object): Promise<string> {
  registry = createServer((request, response) => {
    request.resume();
    const isAsked = request.url?.endsWith('/advisories/bulk');
    response.writeHead(isAsked ? status : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isAsked ? advisories : {}));
  }).listen(0, '127.0.0.1');
  await once(registry, 'listening');
  return `http://127.0.0.1:${(registry.address() as AddressInfo).port}/`;
}

const against = (name: string, severity: string) => ({
  [name]: [{ id: 1, url: 'https://example.com/advisory', title: 'A hole', severity, vulnerable_versions: '<999.0.0' }],
});

/** @returns exit code and everything that was printed */
async function audit(address: string): Promise<[number | null, string]> {
  const env = { ...process.env, npm_config_registry: address, npm_config_cache: temporaryFolder('npm-cache') };
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '.ci/audit.ts'], { cwd: ROOT, env });
  const [printed, failed, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return [code, printed + failed];
}

/* `npm run audit` with npm's own client. */
describe('what the registry knows against packages', () => {
  it('stops a release when it is high and the package is deployed, in a function, the dashboard or the layer', async () => {
    const deployed = ['zod', 'react-dom', 'sharp'];
    const known = Object.assign({}, ...deployed.map((name) => against(name, 'high')));
    const [code, printed] = await audit(await registryWith(200, known));

    expect([code, printed]).toEqual([1, expect.stringContaining('3 advisories, 3 of them high')]);
    for (const name of deployed) {
      expect(printed).toContain(`deployed: ${name} <999.0.0: high, A hole https://example.com/advisory`);
    }
  });

  it('is told and stops nothing when it is of development, or moderate', async () => {
    const known = { ...against('vitest', 'critical'), ...against('zod', 'moderate') };
    const [code, printed] = await audit(await registryWith(200, known));

    expect([code, printed]).toEqual([0, expect.stringContaining('for development: vitest <999.0.0: critical')]);
    expect(printed).toContain('deployed: zod <999.0.0: moderate');
    expect(printed).toContain('2 advisories, 0 of them high');
  });

  it('is not taken for nothing when the registry does not answer', async () => {
    expect(await audit(await registryWith(405, {}))).toEqual([2, expect.stringContaining('did not answer: 405')]);
  });
});

/** Packages in the bundles of functions, beside AWS's SDK: somebody has looked up what is known against each. */
const LOOKED_UP = [
  '@csstools/css-tokenizer',
  '@fastify/busboy',
  '@middy/core',
  '@middy/util',
  'blurhash',
  'bowser',
  'electrodb',
  'exif-reader',
  'fflate',
  'jose',
  'jsonschema',
  'mnemonist',
  'oauth4webapi',
  'obliterator',
  'openid-client',
  'saxes',
  'thumbhash',
  'xmlchars',
  'zod',
];

it('a new package in a function is looked up first (lib/bundling/oldest-safe-versions.ts)', () => {
  const found = packagesOfFunctions(ROOT).filter((name) => !/^@(aws-sdk|aws|smithy)\//.test(name));

  expect(found).toEqual(LOOKED_UP);
});
