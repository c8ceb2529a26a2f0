import type { Server } from 'node:http';
import { pairedRatio } from './against/paired-ratio.ts';
import { type Product, serveSources } from './children.ts';
import { type Contender, FLOOR, LINEAR_FLOOR, startContenders } from './contenders.ts';
import { drive, familyMilliseconds, median, table } from './measure.ts';
import type { Photo } from './photos.ts';
import { casesOf, type RenderCase } from './render-cases.ts';

const ROUNDS = 7;

/** CPU for one render, over HTTP, contenders in turn; the ratios refer to the floor with our rule of linear light, and to one plain sharp call. */
export async function renderCost(product: Product, photos: readonly Photo[]): Promise<string> {
  const sources = await serveSources(photos);
  const contenders = await startContenders(product, `127.0.0.1:${(sources.address() as { port: number }).port}`);
  try {
    const measured = await measureAll(contenders.all, photos);
    return table(
      ['CPU per render', 'made', 'ms', 'of the floor', '95 % interval', 'of one sharp call', 'failed'],
      [...measured.flatMap(costRows), ...meanRows(measured)],
    );
  } finally {
    contenders.stop();
    close(sources);
  }
}

/** One case, with what each contender took. */
export interface MeasuredCase {
  /** The picture, and what was made of it. */
  readonly made: string;
  readonly samples: readonly Sample[];
}

/** Of several rounds: processor milliseconds for a request, and requests that failed. */
export interface Sample {
  readonly name: string;
  readonly cpu: number[];
  failed: number;
}

async function measureAll(contenders: readonly Contender[], photos: readonly Photo[]): Promise<MeasuredCase[]> {
  const measured: MeasuredCase[] = [];
  for (const photo of photos) {
    for (const made of casesOf(photo)) {
      const samples = await measureCase(contenders, photo, made);
      measured.push({ made: `${photo.name} to ${made.width}, ${made.format}`, samples });
    }
  }
  return measured;
}

let turn = Date.now();

async function measureCase(contenders: readonly Contender[], photo: Photo, made: RenderCase): Promise<Sample[]> {
  const taking = contenders.filter(({ url }) => url(photo, made, turn) !== undefined);
  const samples = taking.map(({ name }): Sample => ({ name, cpu: [], failed: 0 }));
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [index, { url, processes }] of taking.entries()) {
      const urls = Array.from({ length: made.requests }, () => url(photo, made, turn++) ?? '');
      const before = familyMilliseconds(processes());
      const load = await drive(urls, 1, made.accept);
      const sample = samples[index];
      if (!sample || round === 0) continue; // The first round warms up.
      sample.cpu.push((familyMilliseconds(processes()) - before) / load.requests);
      sample.failed += load.failed;
    }
  }
  return samples;
}

/** Where no linear light is used, both floors are one. */
const floorsOf = (samples: readonly Sample[]) => {
  const plain = samples.find(({ name }) => name === FLOOR);
  return { plain, floor: samples.find(({ name }) => name === LINEAR_FLOOR) ?? plain };
};

/** A row for each contender. */
export function costRows({ made, samples }: MeasuredCase): (string | number)[][] {
  const { plain, floor } = floorsOf(samples);
  return samples.map((sample) => {
    const { ratio, low, high } = ratioTo(floor, sample);
    return [
      sample.name,
      made,
      median(sample.cpu).toFixed(1),
      told(ratio),
      sample === floor ? '' : `${low.toFixed(2)} to ${high.toFixed(2)}`,
      told(ratioTo(plain, sample).ratio),
      sample.failed,
    ];
  });
}

/** Geometric means over all cases, for whoever made all of them. */
export function meanRows(measured: readonly MeasuredCase[]): (string | number)[][] {
  const names = new Set(measured.flatMap(({ samples }) => samples.map(({ name }) => name)));
  return [...names].flatMap((name) => {
    const pairs = measured.flatMap(({ samples }) => {
      const sample = samples.find((one) => one.name === name);
      const { plain, floor } = floorsOf(samples);
      return sample ? [[ratioTo(floor, sample).ratio, ratioTo(plain, sample).ratio] as const] : [];
    });
    if (pairs.length < measured.length) return [];
    const mean = (column: 0 | 1) =>
      Math.exp(pairs.reduce((sum, pair) => sum + Math.log(pair[column]), 0) / pairs.length);
    return [[name, 'geometric mean', '', told(mean(0)), '', told(mean(1)), '']];
  });
}

/** Of the rounds of both: what slows a round down slows both down. */
const ratioTo = (floor: Sample | undefined, { cpu }: Sample) =>
  pairedRatio(cpu.map((cost, round) => [floor?.cpu[round] ?? Number.NaN, cost] as const));

const told = (ratio: number): string => `${ratio.toFixed(2)}x`;

function close(server: Server): void {
  server.close();
  server.closeAllConnections();
}
