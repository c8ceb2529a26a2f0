import type { Server } from 'node:http';
import { encoderQuality } from '../lambda/core/render/output/quality.ts';
import { linearFrom } from '../lambda/core/render/picture/linear-light.ts';
import { type Product, serveSources, startServer } from './children.ts';
import { cpuMilliseconds, drive, functionProcesses, median, table } from './measure.ts';
import type { Photo } from './photos.ts';

const ROUNDS = 5;
const REQUESTS_A_ROUND = 12;

interface Contender {
  readonly name: string;
  /** URL of the photo at a width and format; `turn` makes it new to every cache. */
  readonly url: (photo: Photo, width: number, format: 'jpeg' | 'webp', turn: number) => string;
  /** The processes whose CPU counts. */
  readonly processes: () => readonly number[];
}

const JPEG = { format: 'jpeg', accept: '*/*' } as const;
const WEBP = { format: 'webp', accept: 'image/webp' } as const;

const SMALL_SOURCE = [
  { width: 512, ...JPEG },
  { width: 512, ...WEBP },
];
const LARGE_SOURCE = [
  { width: 400, ...JPEG },
  { width: 800, ...JPEG },
  { width: 1600, ...JPEG },
  { width: 512, ...WEBP },
];

/** What a picture is made into. */
export const casesOf = ({ size }: Photo) => (size.width * size.height < 4_000_000 ? SMALL_SOURCE : LARGE_SOURCE);

/** The width between, where we scale in linear light; `-` elsewhere. */
function between({ size }: Photo, width: number): string {
  const result = { width, height: Math.round((size.height * width) / size.width) };
  return String(linearFrom(size, result)?.width ?? '-');
}

/** CPU for one render, over HTTP, contenders in turn; the ratios refer to the first two: the floor and one plain sharp call. */
export async function renderCost(product: Product, photos: readonly Photo[]): Promise<string> {
  const sources = await serveSources(photos);
  const base = `127.0.0.1:${(sources.address() as { port: number }).port}`;
  const floor = await startServer('floor-server.ts', `http://${base}`);
  const ipx = await startServer('ipx-server.ts', '127.0.0.1');
  const floorUrl = `http://127.0.0.1:${floor.port}`;
  const contenders: Contender[] = [
    {
      name: 'floor: GET + the same resize by sharp alone',
      url: (photo, width, format, turn) =>
        `${floorUrl}/${width}/${format}/${encoderQuality(format, 80)}/${between(photo, width)}/${photo.name}?${turn}`,
      processes: () => [floor.pid],
    },
    {
      name: 'GET + one sharp call, never in linear light',
      url: (photo, width, format, turn) =>
        `${floorUrl}/${width}/${format}/${encoderQuality(format, 80)}/-/${photo.name}?${turn}`,
      processes: () => [floor.pid],
    },
    {
      name: 'ipx',
      url: (photo, width, format, turn) =>
        `http://127.0.0.1:${ipx.port}/w_${width},f_${format},q_${encoderQuality(format, 80)}/http://${base}/${photo.name}?${turn}`,
      processes: () => [ipx.pid],
    },
    {
      name: 'Vitrine transformer, with its stored variant',
      url: (photo, width, format, turn) =>
        `${product.media}/bench/${photo.name}?tr=w-${width},f-${format === 'jpeg' ? 'jpg' : format}&updatedAt=${turn}`,
      processes: () => functionProcesses(product.pid, 'transform'),
    },
  ];
  try {
    return table(
      ['CPU per render', 'photo', 'ms', 'of the floor', 'of one sharp call', 'failed'],
      await measureAll(contenders, photos),
    );
  } finally {
    floor.stop();
    ipx.stop();
    close(sources);
  }
}

async function measureAll(contenders: readonly Contender[], photos: readonly Photo[]): Promise<(string | number)[][]> {
  const rows: (string | number)[][] = [];
  let turn = Date.now();
  for (const photo of photos) {
    for (const { width, format, accept } of casesOf(photo)) {
      const samples = contenders.map(() => ({ cpu: [] as number[], failed: 0 }));
      for (let round = 0; round <= ROUNDS; round++) {
        for (const [index, contender] of contenders.entries()) {
          const urls = Array.from({ length: REQUESTS_A_ROUND }, () => contender.url(photo, width, format, turn++));
          const before = total(contender);
          const load = await drive(urls, 1, accept);
          const sample = samples[index];
          if (!sample || round === 0) continue; // The first round warms up.
          sample.cpu.push((total(contender) - before) / load.requests);
          sample.failed += load.failed;
        }
      }
      const names = contenders.map(({ name }) => `${name}, ${format} ${width}`);
      rows.push(...costRows(names, photo.name, samples));
    }
  }
  return rows;
}

/** Of several rounds: processor milliseconds for a request, and requests that failed. */
interface Sample {
  readonly cpu: readonly number[];
  readonly failed: number;
}

/** @param samples of each name: of the floor, of one plain sharp call, then of the others */
export function costRows(names: readonly string[], photo: string, samples: readonly Sample[]): (string | number)[][] {
  const costs = samples.map(({ cpu }) => median(cpu));
  const [floor = Number.NaN, plain = Number.NaN] = costs;
  return costs.map((cost, index) => [
    names[index] ?? '',
    photo,
    cost.toFixed(1),
    `${(cost / floor).toFixed(2)}x`,
    `${(cost / plain).toFixed(2)}x`,
    samples[index]?.failed ?? 0,
  ]);
}

const total = (contender: Contender): number =>
  contender.processes().reduce((sum, pid) => sum + cpuMilliseconds(pid), 0);

function close(server: Server): void {
  server.close();
  server.closeAllConnections();
}
