import fc from 'fast-check';
import { expect } from 'vitest';
import { Problem } from '../lambda/core/kernel/problems.ts';
import type { Plan } from '../lambda/core/plan/plan.ts';
import { readPlan } from '../lambda/core/plan/read-plan.ts';
import type { LoadAsset } from '../lambda/core/render/render.ts';
import { render } from '../lambda/core/render/render.ts';
import { blocksOf } from '../test/core/plan/arbitrary-steps.ts';
import { FONT, SOURCES, SVG_SOURCE } from '../test/core/render/fuzzed-sources.ts';
import { plan } from '../test/core/render/plans.ts';
import { accepts, channel, output, step } from './arbitrary-plans.ts';
import { checkProperty } from './check-property.ts';
import type { Proof } from './proof.ts';

/** Values that make a picture of hundreds of megapixels are the tests' of limits. */
const isSmall = (item: string): boolean => !/\d{4}/.test(item) || /^(e-colorize|co|bg|cr|b|e-gradient)-/.test(item);

/** Plans with layers, conditions and every item of the table, as a URL can say them; what cannot be read is left out. */
const spoken: fc.Arbitrary<Plan> = blocksOf(isSmall).map((steps) => readPlan(steps));

const isFont = (path: string): boolean => /\.[ot]tf$/i.test(path);

const damage = fc.record({
  changes: fc.array(fc.record({ at: fc.nat(), value: channel }), { maxLength: 12 }),
  cut: fc.nat(),
});

function damaged(source: Buffer, { changes, cut }: { changes: { at: number; value: number }[]; cut: number }): Buffer {
  const bytes = Buffer.from(source);
  for (const { at, value } of changes) bytes[at % bytes.length] = value;
  return cut % 3 === 0 ? bytes.subarray(0, cut % bytes.length) : bytes;
}

/** Seconds of processor time that a request may take on the threads of this process; a render has its own limit below that. */
const LONGEST = 5;

/** Runs a render; a refusal that the client may read is a result too. */
async function outcome(work: () => ReturnType<typeof render>) {
  const before = process.cpuUsage();
  try {
    return await work();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  } finally {
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1e6, 'seconds of processor time').toBeLessThan(LONGEST);
  }
}

type Outcome = Awaited<ReturnType<typeof outcome>>;

/** Sound sources: only sizes, regions and what a URL says of them may be refused. */
function expectPicture(result: Outcome, mayBe: RegExp): void {
  if (result instanceof Problem) expect(result.code).toMatch(mayBe);
  else expect(result.bytes.byteLength).toBeGreaterThan(0);
}

const anyPlan = (judge: (result: Outcome) => void) =>
  fc.asyncProperty(
    fc.constantFrom(...SOURCES),
    fc.array(step, { maxLength: 3 }),
    output,
    accepts,
    async (source, steps, settings, client) => {
      const result = await outcome(() => render(source, plan(steps, settings), client));
      expectPicture(result, /^transformation\.(limit|invalid)$/);
      judge(result);
    },
  );

const anyUrl = (judge: (result: Outcome) => void) =>
  fc.asyncProperty(
    fc.constantFrom(...SOURCES),
    spoken,
    accepts,
    fc.constantFrom(...SOURCES, SVG_SOURCE),
    async (source, spokenPlan, client, drawn) => {
      const load: LoadAsset = async (path) => (isFont(path) ? FONT : drawn);
      const result = await outcome(() => render(source, spokenPlan, client, load));
      expectPicture(result, /^transformation\./);
      judge(result);
    },
  );

const anyDamage = (judge: (result: Outcome) => void) =>
  fc.asyncProperty(
    fc.constantFrom(...SOURCES),
    damage,
    fc.oneof(fc.constant(plan([{ trim: 10 }])), spoken),
    fc.constantFrom(...SOURCES),
    damage,
    async (source, harm, spokenPlan, drawn, drawnHarm) => {
      const load: LoadAsset = async (path) => damaged(isFont(path) ? FONT : drawn, drawnHarm);
      const result = await outcome(() => render(damaged(source, harm), spokenPlan, 'webp', load));
      if (result instanceof Problem) expect(result.status).toBe(400);
      judge(result);
    },
  );

/** The renderer, given all that a URL and a file can be. */
export const RENDERING: Proof<{ plans: number; urls: number; damages: number }> = {
  name: 'rendering',
  sentence:
    'Every plan, every URL with layers and every damaged file ends as a picture or a problem of the client, in time.',
  small: { plans: 100, urls: 150, damages: 200 },
  full: { plans: 1500, urls: 2000, damages: 3000 },
  async run({ plans, urls, damages }, seed, report) {
    const counts = { pictures: 0, refused: 0 };
    const judge = (result: Outcome) => {
      counts[result instanceof Problem ? 'refused' : 'pictures']++;
      report(`${counts.pictures + counts.refused} of ${plans + urls + damages} cases`);
    };
    const run = { seed, asFound: true };
    await checkProperty('every plan gives a picture or a problem', anyPlan(judge), { ...run, runs: plans });
    await checkProperty('every URL gives a picture or a problem', anyUrl(judge), { ...run, runs: urls });
    await checkProperty('every damage gives a picture or a problem', anyDamage(judge), { ...run, runs: damages });
    return counts;
  },
};
