import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { refusalTurns } from '../../../lambda/adapters/accounts-table/refusal-turns.ts';
import type { CommitWithEvent } from '../../../lambda/adapters/audit-table/commit-with-event.ts';
import type { AuditEvent } from '../../../lambda/core/audit/event.ts';
import { REFUSALS, RefusedAttempts, refusedAttempt, TOLD_EVERY } from '../../../lambda/core/audit/refused-attempts.ts';
import type { Caller } from '../../../lambda/core/kernel/caller.ts';
import type { ProblemCode } from '../../../lambda/core/kernel/problems.ts';
import { PROBLEMS, problem } from '../../../lambda/core/kernel/problems.ts';
import type { LibraryFixture } from '../../adapters/library-fixture.ts';
import { startLibraryFixture } from '../../adapters/library-fixture.ts';
import { makeEvent } from './told-events.ts';

/* One event a minute for each code and kind of caller, on a real table. */
let library: LibraryFixture;
let now = 0;
/** Transactions that were asked for. */
let asked = 0;

beforeAll(async () => {
  library = await startLibraryFixture();
});
afterAll(() => library?.close());

beforeEach(() => {
  // Each test begins later than the turns of the one before.
  now = Math.max(now, Date.parse('2026-06-01T00:00:00.000Z')) + 10 * TOLD_EVERY;
  asked = 0;
});

/** A process of the function: what it counts is its own, and the table is everybody's. */
function startProcess(commit: CommitWithEvent = library.commit) {
  const counting: CommitWithEvent = (items, event) => {
    asked++;
    return commit(items, event);
  };
  const attempts = new RefusedAttempts(() => now, refusalTurns(library.table, counting));
  return {
    refuse: async (code: ProblemCode, kind: Caller['kind'] = 'nobody', id: string = kind) => {
      const attempt = refusedAttempt(code, { kind, id });
      if (attempt) attempts.note(attempt);
      await attempts.tell(makeEvent);
    },
    call: () => attempts.tell(makeEvent),
  };
}

/** What was told since, oldest first. */
async function toldSince(known: readonly AuditEvent[]): Promise<AuditEvent[]> {
  const ids = new Set(known.map(({ id }) => id));
  return (await library.events()).filter(({ id }) => !ids.has(id));
}

const counts = (events: readonly AuditEvent[]) => events.map(({ after }) => after?.count).sort();

describe('refused attempts', () => {
  it('are told at once, and then once a minute however many there are', async () => {
    const before = await library.events();
    const { refuse, call } = startProcess();
    for (let attempt = 0; attempt < 200; attempt++) await refuse('key.unknown');
    expect(counts(await toldSince(before))).toEqual([1]);
    expect(asked).toBe(1);

    now += TOLD_EVERY;
    await call();

    const told = await toldSince(before);
    expect(counts(told)).toEqual([1, 199]);
    expect(told.find(({ after }) => after?.count === 199)).toMatchObject({
      action: 'attempts.refused',
      caller: { kind: 'system', id: 'system' },
      object: { kind: 'refusal', id: 'key.unknown' },
      after: { callerKind: 'nobody', since: new Date(now - TOLD_EVERY).toISOString() },
    });
  });

  it('are told by one of many processes a minute; the counts of the others are not lost', async () => {
    const before = await library.events();
    const processes = Array.from({ length: 5 }, () => startProcess());
    await Promise.all(processes.map(({ refuse }) => refuse('token.invalid')));
    expect(counts(await toldSince(before))).toEqual([1]);

    for (let minute = 1; minute <= 4; minute++) {
      now += TOLD_EVERY;
      await Promise.all(processes.map(({ call }) => call()));
      expect(counts(await toldSince(before))).toHaveLength(1 + minute);
    }
    expect(counts(await toldSince(before))).toEqual([1, 1, 1, 1, 1]);
  });

  it('of another code or kind of caller wait for nobody, and name who proved who they are', async () => {
    const before = await library.events();
    const { refuse } = startProcess();
    await refuse('permission.missing', 'person', 'p1');
    await refuse('permission.missing', 'restricted-key', 'k1');
    await refuse('site.foreign', 'person', 'p1');

    const told = await toldSince(before);
    expect(told.map(({ object, after }) => [object.id, after?.callerKind, after?.callerIds]).sort()).toEqual([
      ['permission.missing', 'person', ['p1']],
      ['permission.missing', 'restricted-key', ['k1']],
      ['site.foreign', 'person', ['p1']],
    ]);
  });

  it('need as much memory for ten thousand callers as for ten', async () => {
    const before = await library.events();
    const { refuse, call } = startProcess();
    for (let caller = 0; caller < 10_000; caller++) await refuse('rate.exceeded', 'restricted-key', `key-${caller}`);
    now += TOLD_EVERY;
    await call();

    const [more] = (await toldSince(before)).filter(({ after }) => after?.count !== 1);
    expect(more?.after?.count).toBe(9999);
    expect(more?.after?.callerIds).toHaveLength(10);
    expect(JSON.stringify(more).length).toBeLessThan(1000);
  });

  it('call nothing when there are none, and nothing again when all are told', async () => {
    const { refuse, call } = startProcess();
    for (let times = 0; times < 100; times++) await call();
    expect(asked).toBe(0);

    await refuse('session.ended');
    now += 10 * TOLD_EVERY;
    for (let times = 0; times < 100; times++) await call();
    expect(asked).toBe(1);
  });

  it('of a process that was killed are lost but for what it told; the next one keeps to the minute', async () => {
    const before = await library.events();
    const killed = startProcess();
    for (let attempt = 0; attempt < 5; attempt++) await killed.refuse('sign-in.refused');

    const next = startProcess();
    for (let attempt = 0; attempt < 3; attempt++) await next.refuse('sign-in.refused');
    expect(counts(await toldSince(before))).toEqual([1]);
    now += TOLD_EVERY;
    await next.call();

    expect(counts(await toldSince(before))).toEqual([1, 3]);
  });

  it('are kept when the table does not answer, which is asked again after a minute', async () => {
    const before = await library.events();
    let isDown = true;
    const { refuse, call } = startProcess(async (items, event) => {
      if (isDown) throw problem('busy', 'The table does not answer.');
      return library.commit(items, event);
    });

    await expect(refuse('key.missing')).rejects.toThrow('does not answer');
    for (let attempt = 0; attempt < 9; attempt++) await refuse('key.missing');
    expect(asked).toBe(1);
    isDown = false;
    now += TOLD_EVERY;
    await call();

    expect(counts(await toldSince(before))).toEqual([10]);
  });
});

/** Refusals of media, which have an access log of their own. */
const OF_MEDIA: readonly string[] = ['signature.needed', 'asset.private', 'access.refused', 'render.rate'];

it('knows every code of the API that is answered 401, 403 or 429', () => {
  const refusing = Object.entries(PROBLEMS).filter(([, { status }]) => [401, 403, 429].includes(status));
  const known: readonly string[] = REFUSALS;

  expect(refusing.map(([code]) => code).filter((code) => !known.includes(code) && !OF_MEDIA.includes(code))).toEqual(
    [],
  );
  expect(refusedAttempt('file.missing', { kind: 'nobody', id: 'nobody' })).toBeUndefined();
});
