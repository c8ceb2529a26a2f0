import { describe, expect, test } from 'vitest';
import { guardedExchange } from '../../lambda/remote/guarded-exchange.ts';
import { RemoteFault } from '../../lambda/remote/remote-fault.ts';

/** Addresses of the machine and its network in every spelling that a URL parser or a resolver takes. */
const INSIDE = [
  'http://127.8.9.1/',
  'http://0.0.0.0/',
  'http://0.1.2.3/',
  'http://169.254.169.254/latest/meta-data/',
  'http://169.254.170.2/v2/credentials/',
  'http://[fd00:ec2::254]/latest/meta-data/',
  'http://100.64.0.1/',
  'http://100.127.255.254/',
  'http://10.0.0.1/',
  'http://172.31.0.1/',
  'http://192.168.1.1/',
  'http://198.18.0.1/',
  'http://224.0.0.1/',
  'http://255.255.255.255/',
  'http://[::1]/',
  'http://[::]/',
  'http://[fe80::1]/',
  'http://[fc00::1]/',
  'http://[fec0::1]/',
  'http://[ff02::1]/',
  'http://[::127.0.0.1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://[::ffff:169.254.169.254]/',
  'http://[64:ff9b::a9fe:a9fe]/',
  'http://[64:ff9b:1:1::808:808]/',
  'http://[64:ff9b:1::7f00:1]/',
  'http://[2002:7f00:1::]/',
  'http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/',
  'http://[2a00:1450::5efe:a00:1]/',
  'http://2130706433/',
  'http://017700000001/',
  'http://0177.1/',
  'http://0x7f.1/',
  'http://0x7f000001/',
  'http://127.1/',
  'http://127.0.1/',
  'http://0/',
  'http://１２７.０.０.１/',
  'http://127。0。0。1/',
  'http://%31%32%37.0.0.1/',
  'http://localhost/',
  'http://localhost./',
];

const SCHEMES = [
  'file:///etc/passwd',
  'ftp://a.example/',
  'gopher://a.example/_x',
  'dict://a.example:11211/stat',
  'jar:http://a.example!/x',
  'data:text/plain,x',
  'blob:https://a.example/x',
  'javascript:alert(1)',
  'unix:/var/run/docker.sock',
  '//a.example/x',
  '/etc/passwd',
  '',
];

/** Spellings that make a careless reader see another host than the one that is connected to. */
const CONFUSING = [
  'https://allowed.test@evil.test/',
  'https://allowed.test:80@evil.test/',
  'https://allowed.test%2eevil.test/',
  'https://evil.test#allowed.test',
  'https://evil.test?allowed.test',
  'https://evil.test\\@allowed.test.evil.test/',
  'https://evil.test/allowed.test',
  'https://allowed.test.evil.test/',
  'https://allowed.test./',
  'https://аllowed.test/',
  'https://allowed。test.evil.test/',
];

interface Recorder {
  readonly asked: string[];
  readonly resolve: (host: string) => Promise<{ address: string; family: number }[]>;
}

/** Records what would be connected to: every name resolves to an address that is not there. */
function recorder(addresses: readonly string[] = ['127.0.0.1']): Recorder {
  const asked: string[] = [];
  return {
    asked,
    resolve: async (host) => {
      asked.push(host);
      return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    },
  };
}

async function faultOf(url: string, { resolve }: Recorder, allowHost?: (host: string) => boolean) {
  const exchange = guardedExchange({ exceptions: '', maximumBytes: 1000, resolve, headerTimeout: 50 });
  return exchange({ url, ...(allowHost && { allowHost }) }).then(
    () => undefined,
    (error: unknown) => error as RemoteFault,
  );
}

describe('requests that would reach inside', () => {
  test.each(INSIDE)('%s is refused before a connection', async (url) => {
    const fault = await faultOf(url, recorder());

    expect(fault).toBeInstanceOf(RemoteFault);
    expect(fault?.kind).toBe('forbidden');
  });

  test.each(SCHEMES)('"%s" is no URL to fetch', async (url) => {
    expect((await faultOf(url, recorder()))?.kind).toBe('url');
  });

  test.each(CONFUSING)('%s does not pass for allowed.test', async (url) => {
    const names = recorder();

    expect(['url', 'forbidden']).toContain((await faultOf(url, names, (host) => host === 'allowed.test'))?.kind);
    expect(names.asked).toEqual([]);
  });

  // SSRF-017
  test.each([
    [['93.184.216.34', '127.0.0.1']],
    [['2606:2800:220:1::1', '::1']],
    [['93.184.216.34', '::ffff:10.0.0.1']],
    [['169.254.169.254']],
  ])('a name that resolves to %s is refused', async (addresses) => {
    expect((await faultOf('http://mixed.example/', recorder(addresses)))?.kind).toBe('forbidden');
  });

  test.each([6379, 22, 25, 8080, 1])('port %i is refused', async (port) => {
    const names = recorder(['93.184.216.34']);

    expect((await faultOf(`https://allowed.example:${port}/`, names))?.kind).toBe('forbidden');
  });
});
