import { expect } from 'vitest';
import { timeAtLoad } from '../time-at-load.ts';
import { attack, elsewhere } from './attack-case.ts';
import { sendBytes } from './raw-http.ts';

/** Injection and parsing. */
export const INJECTION_CASES = [
  attack(
    'INJ-001',
    'search queries that are unbalanced, long, deep, wild or full of patterns',
    async ({ api, isAlive }) => {
      const queries = [
        ...[
          '"',
          "'",
          '(',
          ')',
          '[',
          '\\',
          'name = "',
          'name IN [',
          '(name = "a"',
          '*',
          '.*',
          'name = *',
          '$where',
          '%',
          '\u0000',
        ],
        ...[
          'name HAS "(a+)+$"',
          'name : ".*"',
          'name = "\' OR 1=1 --"',
          '__proto__ EXISTS',
          '"customMetadata.__proto__" = 1',
        ],
        ...['('.repeat(1000), `${'('.repeat(1000)}name = "a"${')'.repeat(1000)}`, `name = "${'a'.repeat(5500)}"`],
        ...[
          `name HAS "${'a '.repeat(2000)}"`,
          Array.from({ length: 400 }, () => 'width=1').join(' OR '),
          `path : "${'/a'.repeat(2000)}"`,
        ],
        ...[
          `id = "${'f'.repeat(3000)}"`,
          `path = "/${'x'.repeat(3000)}"`,
          `tags IN ["${'t'.repeat(3000)}"]`,
          'name HAS "a" AND name HAS "\u{10FFFF}"',
        ],
      ];
      for (const query of queries) {
        const before = performance.now();
        const answer = await api('GET', `/v1/files?limit=1&searchQuery=${encodeURIComponent(query)}`);
        const text = await answer.text();
        expect([200, 400, 414], query.slice(0, 60)).toContain(answer.status);
        expect(performance.now() - before, query.slice(0, 60)).toBeLessThan(timeAtLoad(5000));
        expect(text, query.slice(0, 60)).not.toMatch(/ValidationException|DynamoDB|sqlite|Error:|at [A-Z]\w+\./i);
      }
      await isAlive();
    },
  ),
  attack('INJ-005', 'a body beyond what a firewall looks at is refused', async ({ api }) => {
    const { status } = await api(
      'POST',
      '/v1/files/purge',
      JSON.stringify({ tag: 'a', padding: 'x'.repeat(65 * 1024) }),
    );

    expect([400, 413]).toContain(status);
  }),
  attack('INJ-006', 'hundreds of headers and cookies', async ({ ask, pub, isAlive }) => {
    const headers = Object.fromEntries(Array.from({ length: 205 }, (_, index) => [`x-${index}`, 'y'.repeat(100)]));

    expect([400, 431, 494]).toContain((await ask(pub, { headers })).status);
    await isAlive();
  }),
  attack('INJ-008', 'shapes that two servers would read as different requests', async ({ product, pub, isAlive }) => {
    const head = `POST ${pub} HTTP/1.1\r\nhost: localhost\r\n`;
    const shapes = [
      `${head}content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /private/secret.jpg HTTP/1.1\r\n\r\n`,
      `${head}transfer-encoding: chunked\r\ncontent-length: 4\r\n\r\n5c\r\nGPOST\r\n0\r\n\r\n`,
      `${head}transfer-encoding: xchunked\r\n\r\n`,
      `${head}content-length: 4\r\ncontent-length: 5\r\n\r\nabcde`,
      `GET ${pub} HTTP/1.1\nhost: localhost\n\n`,
      `GET ${pub} HTTP/1.1\r\nhost: localhost\r\nx: a\r\n folded\r\n\r\n`,
      `GET ${pub} HTTP/1.1\r\nhost : localhost\r\n\r\n`,
    ];
    for (const shape of shapes) {
      const { status } = await sendBytes(product.media, Buffer.from(shape, 'latin1'));
      expect([0, 400, 403, 405], JSON.stringify(shape.slice(40, 110))).toContain(status);
    }
    await isAlive();
  }),
  elsewhere(
    'INJ-010',
    'markup in names, tags, descriptions and names of people is text in the dashboard and in mails',
    'test/browser/dashboard/attacks.test.ts',
  ),
  attack('INJ-011', 'custom fields whose names and schemas are traps', async ({ api, isAlive }) => {
    const schema = { type: 'Text' };
    const nested = `${'{"type":'.repeat(5000)}1${'}'.repeat(5000)}`;
    const traps = [
      ...['__proto__', 'constructor', 'constructor.prototype', 'a b', '', 'n'.repeat(10_000)].map((name) =>
        JSON.stringify({ name, label: 'x', schema }),
      ),
      `{"name":"deep","label":"x","schema":${nested}}`,
      '{"name":"own","label":"x","schema":{"type":"Text","__proto__":{"minLength":1}}}',
      JSON.stringify({
        name: 'many',
        label: 'x',
        schema: { type: 'MultiSelect', selectOptions: Array.from({ length: 10_000 }, (_, index) => `${index}`) },
      }),
    ];
    for (const trap of traps) {
      const answer = await api('POST', '/v1/customMetadataFields', trap);
      expect([400, 413], trap.slice(0, 80)).toContain(answer.status);
    }
    const { status } = await api(
      'PATCH',
      '/v1/files/5f0000000000000000000000/details',
      '{"customMetadata":{"__proto__":1}}',
    );
    expect([400, 404]).toContain(status);
    expect(await (await api('GET', '/v1/customMetadataFields')).json()).toEqual([]);
    await isAlive();
  }),
];
