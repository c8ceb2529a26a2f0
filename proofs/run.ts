import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import type { Proof, Report } from './proof.ts';
import { keepResult, revision } from './results.ts';

const USAGE = `npm run proof                                  lists the proofs
npm run proof -- NAME [--full] [--seed N]      runs one of them; --full keeps its result in docs/proofs
npm run proof -- --small                       runs the small size of all`;

/** Milliseconds between two lines that say how far the run is. */
const REPORT_EVERY = 10_000;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { full: { type: 'boolean' }, small: { type: 'boolean' }, seed: { type: 'string' } },
  });
  const proofs = await loadProofs();
  const [name] = positionals;
  const chosen = name ? proofs.filter((proof) => proof.name === name) : values.small ? proofs : [];
  const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
  const isWrong =
    positionals.length > 1 || (values.full && (values.small || !name)) || !Number.isInteger(seed) || seed >= 2 ** 31;
  if (isWrong || (name && chosen.length === 0)) {
    console.error(`${USAGE}\n\nProofs: ${proofs.map((proof) => proof.name).join(', ')}. A seed is a whole number.`);
    return 2;
  }
  if (chosen.length === 0) {
    console.log(`${USAGE}\n\n${proofs.map((proof) => `${proof.name}: ${proof.sentence}`).join('\n')}`);
    return 0;
  }
  let failed = 0;
  for (const proof of chosen) failed += (await runProof(proof, values.full ? 'full' : 'small', seed)) ? 0 : 1;
  return failed ? 1 : 0;
}

/** Pictures are drawn with the fonts that are deployed; the drawing library reads where they are when it is loaded. */
async function loadProofs(): Promise<readonly Proof[]> {
  const { useDeployedFonts } = await import('./use-deployed-fonts.ts');
  useDeployedFonts();
  return (await import('./table.ts')).PROOFS;
}

/** Runs one size of a proof and says what came of it. @returns whether it holds */
async function runProof(proof: Proof, size: 'small' | 'full', seed: number): Promise<boolean> {
  const commit = revision();
  const started = performance.now();
  console.log(`${proof.name}, ${size}, seed ${seed}`);
  try {
    const counts = await proof.run(proof[size], seed, reporter());
    const seconds = (performance.now() - started) / 1000;
    const said = Object.entries(counts).map(([what, count]) => `${count} ${what}`);
    console.log(`  holds: ${said.join(', ')}, in ${seconds.toFixed(1)} s`);
    if (size === 'full') keepResult(proof, { commit, seed, parameters: proof.full, counts, seconds });
    return true;
  } catch (error) {
    console.error(error);
    console.error(`*** ${proof.name} fails; replay with: npm run proof -- ${proof.name} --${size} --seed ${seed}`);
    return false;
  }
}

function reporter(): Report {
  let last = performance.now();
  return (progress) => {
    if (performance.now() - last < REPORT_EVERY) return;
    last = performance.now();
    console.log(`  ${progress}`);
  };
}

// A picture that is still being drawn, or a child that is ending, must not hold the program back.
process.exit(await main());
