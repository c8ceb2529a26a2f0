import type { FaultRule } from 'local-cloud/faults';
import { settableFaults, startFaultProxy } from 'local-cloud/faults';
import type { ChainedEvent } from '../lambda/core/audit/event-chain.ts';
import { firstBreak } from '../lambda/core/audit/event-chain.ts';
import { Problem } from '../lambda/core/kernel/problems.ts';
import { runJobs } from '../lambda/core/library/jobs/run-jobs.ts';
import type { LibraryWorld, WorldDeps } from '../test/core/library/library-world.ts';
import { startLibraryWorld } from '../test/core/library/library-world.ts';
import type { Call } from './library/calls.ts';
import { drawCall } from './library/calls.ts';
import { carryOutMerges, pendingMerges } from './library/merges.ts';
import type { ModelStep, Outcome } from './library/model-steps.ts';
import type { WorldState } from './library/world-state.ts';
import { isSameWorld, readWorld } from './library/world-state.ts';
import type { Counts, Proof } from './proof.ts';
import { randomFrom } from './random.ts';
import { sumOfCounts } from './sum-of-counts.ts';

/** Calls that are made at the same time, each by a process of its own. */
const CLIENTS = 3;

/** Libraries that are tried side by side: most of a call's time is waiting, for the table and for who is in the way. */
const LANES = 4;

const FAULTS: readonly FaultRule[] = [
  { at: 'dynamodb', fault: 'conflict', percent: 4 },
  { at: 'dynamodb', fault: 'throttle', percent: 0.3 },
  { at: 'dynamodb', fault: 'lose-answer', percent: 1 },
];

/** The library against a model of it that fits in memory. It runs the attacks RACE-004 and RACE-014. */
export const LIBRARY_MODEL: Proof<{ libraries: number; calls: number }> = {
  name: 'library-model',
  sentence:
    'Calls of several clients at once, over a table that refuses, delays and loses answers, come to what some order of them comes to in a simple model: files, versions, folders, trash; no byte is lost and every event is there once.',
  small: { libraries: 4, calls: 2000 },
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

async function runRounds({ world, clients, random, calls, tell }: Rounds): Promise<Counts> {
  const counts: Record<string, number> = {};
  let state = await readWorld(world);
  let texts = 0;
  for (let done = 0; done < calls; done += clients.length) {
    const round = clients.map(() => drawCall(random, state, world, () => `text ${++texts}`));
    const outcomes = await Promise.all(round.map((call, index) => outcomeOf(call, clients[index] as WorldDeps)));
    const isMerging = (await pendingMerges(world)).length > 0;
    if (!isMerging && random(5) === 0) await runJobs(clients[0] as WorldDeps);
    const after = await readWorld(world);
    if (!isExplained(state, after, round, outcomes)) throw new Error(describe(state, after, round, outcomes));
    for (const [index, call] of round.entries()) {
      const name = `${call.name} ${outcomes[index] === 'ok' ? 'done' : 'refused'}`;
      counts[name] = (counts[name] ?? 0) + 1;
    }
    state = isMerging ? await carryOutMerges(world, clients[0] as WorldDeps, random, after) : after;
    if (isMerging) counts['rounds with merges'] = (counts['rounds with merges'] ?? 0) + 1;
    tell(clients.length);
  }
  await runJobs(clients[0] as WorldDeps);
  return counts;
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

/** Whether some order of the calls' steps comes to these outcomes and this state. */
function isExplained(
  before: WorldState,
  after: WorldState,
  round: readonly Call[],
  outcomes: readonly Outcome[],
): boolean {
  const search = (state: WorldState, rest: readonly (readonly ModelStep[])[]): boolean => {
    if (rest.every((steps) => steps.length === 0)) return isSameWorld(state, after);
    return rest.some(([step, ...later], index) => {
      if (!step) return false;
      const next = structuredClone(state);
      const outcome = step(next);
      if (outcome !== undefined && outcome !== outcomes[index]) return false;
      return search(next, rest.with(index, outcome === undefined ? later : []));
    });
  };
  return search(
    before,
    round.map(({ model }) => model),
  );
}

function describe(before: WorldState, after: WorldState, round: readonly Call[], outcomes: readonly Outcome[]): string {
  const said = round.map(({ says }, index) => `${says}: ${outcomes[index]}`).join('\n');
  return `No order of these calls explains what they came to.\n${said}\nbefore ${JSON.stringify(before)}\nafter  ${JSON.stringify(after)}`;
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
