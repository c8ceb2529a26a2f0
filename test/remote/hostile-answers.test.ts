import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { guardedExchange } from '../../lambda/remote/guarded-exchange.ts';
import { RemoteFault } from '../../lambda/remote/remote-fault.ts';
import { checkProperty } from '../../proofs/check-property.ts';
import type { RawAnswer, RawServer } from './raw-server.ts';
import { startRawServer } from './raw-server.ts';

/* Servers of URLs that are imported or drawn from: attack UPL-017. */
const NOTHING: RawAnswer = { pieces: [], pause: 0, end: 'silence' };
/** The documented 8 and 20 s, a twentieth of them: an answer that is sent at once comes within it on a busy machine, too. */
const TIMEOUTS = { headerTimeout: 400, totalTimeout: 1000 };
/** A hundredth of them, where every outcome is as good. */
const SHORT_TIMEOUTS = { headerTimeout: 80, totalTimeout: 200 };
/** What a busy machine may be late; an exchange that hangs is later than that. */
const LATE_MILLISECONDS = 5_000;

let server: RawServer;
beforeAll(async () => {
  server = await startRawServer(NOTHING);
});
afterAll(() => server.close());

const exchangeWithin = (timeouts: typeof TIMEOUTS) =>
  guardedExchange({ exceptions: '127.0.0.0/8', maximumBytes: 1000, ...timeouts });

/** @returns the status or the kind of fault, or that it hangs */
async function outcomeOf(answer: RawAnswer, timeouts: typeof TIMEOUTS): Promise<number | string> {
  server.answer = answer;
  const late = Promise.withResolvers<string>();
  const timer = setTimeout(() => late.resolve('hangs'), LATE_MILLISECONDS);
  const settled = exchangeWithin(timeouts)({ url: server.url }).then(
    ({ status }) => status,
    (error: unknown) => (error instanceof RemoteFault ? error.kind : `no fault of the exchange: ${error}`),
  );
  const outcome = await Promise.race([settled, late.promise]);
  clearTimeout(timer);
  return outcome;
}

const send = (...pieces: string[]): RawAnswer => ({ pieces, pause: 0, end: 'silence' });

test.each([
  [
    'a switch of protocols',
    send('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'),
    'broken',
  ],
  ['a switch without its header', send('HTTP/1.1 101 Switching Protocols\r\n\r\n'), 101],
  ['half of its headers', send('HTTP/1.1 200 OK\r\nContent-'), 'timeout'],
  ['interim answers without end', { ...send('HTTP/1.1 103 Early Hints\r\n\r\n'), end: 'endless' } as const, 'timeout'],
  ['a close at once', { ...send(), end: 'finish' } as const, 'broken'],
  ['a reset at once', { ...send(), end: 'reset' } as const, 'broken'],
  ['nothing', send(), 'timeout'],
  ['no HTTP', send('SSH-2.0-OpenSSH_9.6\r\n'), 'broken'],
  ['a body that stands still', send('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx'), 'timeout'],
  ['a body byte by byte', { pieces: ['HTTP/1.1 200 OK\r\n\r\n', 'x'], pause: 5, end: 'endless' } as const, 'timeout'],
  ['a broken chunk', send('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'), 'broken'],
  ['a redirect to itself', send('HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n'), 'forbidden'],
  ['two lengths', send('HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx'), 'broken'],
  ['a whole file', send('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nxx'), 200],
])('a server that sends %s is done with in time', async (_, answer, outcome) => {
  expect(await outcomeOf(answer, TIMEOUTS)).toBe(outcome);
});

const LINES = [
  'HTTP/1.1 200 OK\r\n',
  'HTTP/1.0 200 OK\r\n',
  'HTTP/1.1 100 Continue\r\n\r\n',
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: upgrade\r\n\r\n',
  'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n',
  'HTTP/1.1 204 No Content\r\n\r\n',
  'HTTP/1.1 304 Not Modified\r\n\r\n',
  'HTTP/1.1 302 Found\r\nLocation: /again\r\n\r\n',
  'HTTP/1.1 999 Odd\r\n',
  'HTTP/9.9 200 OK\r\n',
  'Content-Length: 5\r\n',
  'Content-Length: 0\r\n\r\n',
  'Transfer-Encoding: chunked\r\n',
  'Upgrade: websocket\r\nConnection: upgrade\r\n',
  'Connection: close\r\n',
  'Content-Encoding: gzip\r\n',
  `X-Long: ${'x'.repeat(9000)}\r\n`,
  '\r\n',
  '5\r\nhello\r\n',
  '0\r\n\r\n',
  'hello',
  '\0\0\0',
];

const anyAnswer: fc.Arbitrary<RawAnswer> = fc.record({
  pieces: fc.array(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...LINES) }, fc.string()), { maxLength: 8 }),
  pause: fc.constantFrom(0, 0, 3, 30),
  end: fc.constantFrom('finish', 'reset', 'silence', 'endless'),
});

test('whatever bytes a server sends, the exchange ends with an answer or a fault in time', async () => {
  const property = fc.asyncProperty(anyAnswer, async (answer) => {
    expect(await outcomeOf(answer, SHORT_TIMEOUTS)).toSatisfy(
      (outcome: number | string) =>
        typeof outcome === 'number' || ['timeout', 'broken', 'forbidden', 'endless', 'too-large'].includes(outcome),
    );
  });

  await checkProperty('every exchange settles', property, { runs: 150, seed: Date.now() % 2 ** 31, asFound: true });
});
