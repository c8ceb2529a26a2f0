import type { FaultRule } from 'local-cloud/faults';
import { settableFaults, startFaultProxy } from 'local-cloud/faults';
import type { ChainedEvent } from '../lambda/core/audit/event-chain.ts';
import { firstBreak } from '../lambda/core/audit/event-chain.ts';
import { Problem } from '../lambda/core/kernel/problems.ts';
import type { LibraryWorld, WorldDeps } from '../test/core/library/library-world.ts';
import { startLibraryWorld } from '../test/core/library/library-world.ts';
import { drawCall } from './library/calls.ts';
import type { Call } from './library/drawn-call.ts';
import { isExplained, momentsOf } from './library/explained.ts';
import { describeMerge, momentsOfMerge, waitingJobs, workOn, workOnMerge } from './library/merges.ts';
import type { Outcome } from './library/model-steps.ts';
import type { WorldState } from './library/world-state.ts';
import { readWorld } from './library/world-state.ts';
import type { Counts, Proof } from './proof.ts';
import { randomFrom } from './random.ts';
import { sumOfCounts } from './sum-of-counts.ts';

/** Calls that are made at the same time, each by a process of its own. */
const CLIENTS = 3;

/** Libraries that are tried side by side: most of a call's time is waiting, for the table and for who is in the way. */
const LANES = 4;

/** Workers after the last call that may be killed before a merge must be done. */
const LAST_ROUNDS = 40;

const FAULTS: readonly FaultRule[] = [
  { at: 'dynamodb', fault: 'conflict', percent: 4 },
  { at: 'dynamodb', fault: 'throttle', percent: 0.3 },
  { at: 'dynamodb', fault: 'lose-answer', percent: 1 },
];

/** The library against a model of it that fits in memory. It runs the attacks RACE-004 and RACE-014. */
export const LIBRARY_MODEL: Proof<{ libraries: number; calls: number }> = {
  name: 'library-model',
  sentence:
    'Calls of several clients at once, over a table that refuses, delays and loses answers, and workers beside them that merge folders and are killed, come to what some order of all their changes comes to in a simple model: files, versions, folders, trash; no byte is lost and every event is there once.',
  small: { libraries: 4, calls: 1000 },
  full: { libraries: 20, calls: 20_000 },
  async run({ libraries, calls }, seed, report) {
    let made = 0;
    const tell = (more: number) => {
      made += more;
      report(`${made} of ${calls} calls`);
    };
    const seeds = Array.from({ length: libraries }, (_, index) => seed + index);
    const counts: Counts[] = [];
    const lane = async (): Promise<void> => {
      for (let next = seeds.shift(); next !== undefined; next = seeds.shift()) {
        counts.push(await runLibrary(calls / libraries, next, tell));
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    return sumOfCounts(counts);
  },
};

/** @param tell takes how many calls were made */
async function runLibrary(calls: number, seed: number, tell: (calls: number) => void): Promise<Counts> {
  const world = await startLibraryWorld();
  const faults = settableFaults({ seed: seed ^ 0x5eed, faults: FAULTS });
  const faulty = await startFaultProxy({ target: world.endpoint, at: 'dynamodb', faults });
  const events: string[] = [];
  const clients = Array.from({ length: CLIENTS }, () => noted(world.depsAt(faulty.endpoint), events));
  try {
    const outcomes = await runRounds({ world, clients, random: randomFrom(seed), calls, tell });
    await checkEvents(world, events);
    checkBytes(world, await readWorld(world));
    return { ...outcomes, ...faults.counts, events: events.length };
  } finally {
    await faulty.close();
    await world.close();
  }
}

/** The deps with a note of every event whose change was committed. */
function noted(deps: WorldDeps, events: string[]): WorldDeps {
  const commit: WorldDeps['store']['commit'] = async (change, event) => {
    const outcome = await deps.store.commit(change, event);
    if (outcome.kind === 'committed') events.push(event.id);
    return outcome;
  };
  return { ...deps, store: { ...deps.store, commit } };
}

interface Rounds {
  readonly world: LibraryWorld;
  readonly clients: readonly WorldDeps[];
  readonly random: ReturnType<typeof randomFrom>;
  readonly calls: number;
  readonly tell: (calls: number) => void;
}

async function runRounds(rounds: Rounds): Promise<Counts> {
  const { world, clients, random, calls, tell } = rounds;
  const counts: Record<string, number> = {};
  const count = (name: string) => {
    counts[name] = (counts[name] ?? 0) + 1;
  };
  let state = await readWorld(world);
  let texts = 0;
  for (let done = 0; done < calls; done += clients.length) {
    const calls = clients.map(() => drawCall(random, state, world, () => `text ${++texts}`));
    state = await runRound(rounds, state, calls, count);
    tell(clients.length);
  }
  for (let last = 0; (await waitingJobs(world)).merges.length > 0; last++) {
    if (last === LAST_ROUNDS) throw new Error('A merge does not end.');
    state = await runRound(rounds, state, [], count);
  }
  for (const job of (await waitingJobs(world)).others) await workOn(clients[0] as WorldDeps, job);
  return counts;
}

/** Calls of all clients at once, and beside them workers on the merges that were begun before. @returns what is there afterwards */
async function runRound(
  { world, clients, random }: Rounds,
  before: WorldState,
  calls: readonly Call[],
  count: (name: string) => void,
): Promise<WorldState> {
  const worker = clients[0] as WorldDeps;
  const { merges, others } = await waitingJobs(world);
  const [outcomes, works] = await Promise.all([
    Promise.all(calls.map((call, index) => outcomeOf(call, clients[index] as WorldDeps))),
    Promise.all(merges.map((job) => workOnMerge(worker, random, job))),
  ]);
  if (random(5) === 0) for (const job of others) await workOn(worker, job);
  const after = await readWorld(world);
  const moments = [
    ...calls.map(({ model }, index) => momentsOf(model, outcomes[index] as Outcome)),
    ...works.map((work) => momentsOfMerge(work, before)),
  ];
  if (!isExplained(before, after, moments)) {
    const said = [...calls.map(({ says }, index) => `${says}: ${outcomes[index]}`), ...works.map(describeMerge)];
    throw new Error(
      `No order of these explains what they came to.\n${said.join('\n')}\nbefore ${JSON.stringify(before)}\nafter  ${JSON.stringify(after)}`,
    );
  }
  for (const [index, { name }] of calls.entries()) count(`${name} ${outcomes[index] === 'ok' ? 'done' : 'refused'}`);
  for (const { changes, end } of works) {
    for (const { action } of changes) count(`${action} by a merge`);
    if (end && calls.length > 0 && changes.length > 0) count(`merge ${end}`);
  }
  return after;
}

async function outcomeOf(call: Call, deps: WorldDeps): Promise<Outcome> {
  try {
    await call.run(deps);
    return 'ok';
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

/** Chains are whole, and what was committed is told once. */
async function checkEvents(world: LibraryWorld, committed: readonly string[]): Promise<void> {
  const events = await world.events();
  const chains = Map.groupBy(events, ({ chain }) => chain);
  for (const [chain, members] of chains as Map<string, ChainedEvent[]>) {
    const broken = firstBreak(members);
    if (broken !== undefined) throw new Error(`Chain ${chain} is broken at ${broken.sequence}.`);
  }
  const told = events.map(({ body }) => (JSON.parse(body) as { id: string }).id).sort();
  if (JSON.stringify(told) !== JSON.stringify([...committed].sort())) {
    throw new Error(`${committed.length} changes were committed, ${told.length} events tell of them.`);
  }
}

/** What nothing refers to is gone; that all the rest is there was read with every state. */
function checkBytes({ objects }: LibraryWorld, { files, trash }: WorldState): void {
  const kept = [...Object.values(files), ...Object.values(trash).flatMap((item) => Object.values(item.files))];
  const versions = kept.reduce((sum, file) => sum + file.versions.length, 0);
  if (objects.size < versions) throw new Error(`${versions} versions, ${objects.size} objects.`);
}
