import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { audit } from '../../../cli/audit/audit.ts';
import { serve } from '../../../lambda/api/serve.ts';
import { API_OPERATIONS } from '../../../lambda/api/table.ts';
import { emptyChain, hashEvent } from '../../../lambda/core/audit/event-chain.ts';
import type { ToldEvent } from '../../../lambda/core/audit/told-event.ts';
import { someEvent } from '../../core/audit/told-events.ts';
import { type CloudFixture, PRIVATE_KEY, startCloudFixture } from '../../handlers/cloud-fixture.ts';

/* The verb against the API on real stores, and against files that somebody changed. */
let cloud: CloudFixture;
let server: Server;
let api = '';
const folder = mkdtempSync(join(tmpdir(), 'audit-'));
const exported = join(folder, 'log.jsonl');
/** What calculates, ends a line, colours a terminal or ends a text (AUD-008, EXP-004). */
const NAMES: Readonly<Record<number, string>> = { 4: '=SUM(A1)', 5: 'a\n{"seq":9}\r\n\u001b[31m\u2028"}' };
const YEAR = String(new Date().getUTCFullYear());

beforeAll(async () => {
  cloud = await startCloudFixture();
  const { composeApi } = await import('../../../lambda/handlers/composition/api.ts');
  const answer = serve(API_OPERATIONS, composeApi());
  server = createServer(async ({ url = '', headers: { authorization = '' } }, response) => {
    const read = () => new Request(`https://api.invalid${url}`, { headers: { authorization } });
    const answered = await answer({ requestId: 'r', read, report: () => undefined });
    response.writeHead(answered.status, Object.fromEntries(answered.headers)).end(await answered.text());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  api = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  vi.stubEnv('VITRINE_PRIVATE_KEY', PRIVATE_KEY);
  // One after the other, so that they are one chain.
  for (let index = 0; index < 6; index++) {
    const name = NAMES[index] ?? `a "name", ${index}`;
    await cloud.library.commit([], { ...someEvent(), at: `${YEAR}-06-01T00:00:0${index}.000Z`, after: { name } });
  }
});

afterAll(async () => {
  vi.unstubAllEnvs();
  server.close();
  await cloud.close();
  rmSync(folder, { recursive: true });
});

async function run(...args: string[]): Promise<[code: number, text: string]> {
  let text = '';
  const code = await audit(args, (printed) => {
    text += printed;
  });
  return [code, text];
}

const linesOf = () => readFileSync(exported, 'utf8').split('\n').filter(Boolean);

/** A copy of the export, changed. */
function changed(change: (events: ToldEvent[]) => ToldEvent[]): string {
  const file = join(folder, 'changed.jsonl');
  const events = linesOf().map((line) => JSON.parse(line) as ToldEvent);
  writeFileSync(
    file,
    change(events)
      .map((event) => `${JSON.stringify(event)}\n`)
      .join(''),
  );
  return file;
}

/** An event that was rewritten, and everything after it hashed anew. */
function rehashed(events: ToldEvent[], from: number): ToldEvent[] {
  let previous = events[from - 1]?.hash ?? emptyChain('').hash;
  return events.map((event, index) => {
    if (index < from) return event;
    const body = index === from ? event.body.replace('name', 'NAME') : event.body;
    const hash = hashEvent({ chain: event.chain, sequence: event.seq, previous, body });
    const made = { ...event, prev: previous, body, hash };
    previous = hash;
    return made;
  });
}

describe('vitrine audit', () => {
  it('finds the log of the API whole, and writes it down', async () => {
    // The seventh tells of this reading, the eighth of the export, from a chain that the API chose.
    expect(await run('verify', '--api', api)).toEqual([0, expect.stringMatching(/^7 events in [12] chains are whole/)]);
    expect(await run('export', '--api', api, '--out', exported)).toEqual([0, `8 events are in ${exported}.\n`]);
    expect(await run('verify', '--file', exported)).toEqual([0, expect.stringMatching(/^8 events in [12] chains are/)]);
    const [told] = (await cloud.library.events()).filter(({ action }) => action === 'audit.exported');
    expect(told).toMatchObject({ object: { kind: 'audit-log', id: YEAR }, after: { format: 'jsonl' } });
    writeFileSync(
      exported,
      linesOf()
        .filter((line) => !/audit\.(read|exported)/.test(line))
        .join('\n'),
    );
  });

  it.each<[string, (events: ToldEvent[]) => ToldEvent[], number]>([
    ['edited', (events) => events.with(2, { ...(events[2] as ToldEvent), body: '{}' }), 3],
    ['removed', (events) => events.toSpliced(2, 1), 3],
    ['added', (events) => events.toSpliced(2, 0, events[1] as ToldEvent), 3],
    ['moved', ([a, b, c, ...others]) => [a, c, b, ...others] as ToldEvent[], 2],
    ['given another past', (events) => events.with(3, rehashed(events, 3)[3] as ToldEvent), 5],
  ])('names the place where an event was %s', async (_, change, place) => {
    const [code, text] = await run('verify', '--file', changed(change));

    expect(code).toBe(1);
    expect(text).toMatch(new RegExp(`^${YEAR}-\\d\\d: event ${place} .*\\n$`));
  });

  it.each<[string, (events: ToldEvent[]) => ToldEvent[]]>([
    ['cut off', (events) => events.slice(0, 4)],
    ['written anew from some event on', (events) => rehashed(events, 2)],
  ])('finds a log that was %s by the ends that it saw before', async (_, change) => {
    const heads = join(folder, 'heads.txt');
    rmSync(heads, { force: true });
    expect((await run('verify', '--file', exported, '--heads', heads))[0]).toBe(0);
    expect((await run('verify', '--file', exported, '--heads', heads))[0]).toBe(0);
    const [code, text] = await run('verify', '--file', changed(change), '--heads', heads);

    expect([code, text]).toEqual([1, expect.stringMatching(/event 6 was the end of the chain/)]);
  });

  it('writes a table for people, in which nothing calculates', async () => {
    const file = join(folder, 'log.csv');
    await run('export', '--api', api, '--out', file, '--format', 'csv');
    const rows = readFileSync(file, 'utf8').split('\r\n');

    expect(rows[0]).toBe('at,action,caller kind,caller,object kind,object,before,after,request,source');
    expect(rows).toHaveLength(11);
    expect(rows[1]).toContain('"{""name"":""a \\""name\\"", 0""}"');
  });

  it.each([
    [['verify'], 2],
    [['export', '--api', 'http://127.0.0.1:1'], 2],
    [['look', '--file', exported], 2],
    [['verify', '--file', join(folder, 'missing.jsonl')], 3],
    [['verify', '--api', 'http://127.0.0.1:1'], 3],
    [['--help'], 0],
  ])('answers %j with %i', async (args, code) => {
    expect((await run(...args))[0]).toBe(code);
  });

  it('says which answer the API gave to a wrong key', async () => {
    vi.stubEnv('VITRINE_PRIVATE_KEY', 'private_wrong');

    expect(await run('verify', '--api', api)).toEqual([3, expect.stringMatching(/The API answered 40[13]/)]);
  });
});
