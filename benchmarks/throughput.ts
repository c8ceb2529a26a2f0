import { type Product, startProduct } from './children.ts';
import { drive, type Load, table } from './measure.ts';
import type { Photo } from './photos.ts';

const VARIANTS = 60;
const CONNECTIONS = 4;

/**
 * Requests per second by where the answer comes from: a miss is rendered, a variant comes from storage after the CDN's
 * cache was emptied (by a restart), a hit from the CDN's cache.
 */
export async function throughput(state: string, first: Product, photo: Photo): Promise<string> {
  const turn = Date.now();
  const urls = (product: Product): string[] =>
    Array.from(
      { length: VARIANTS },
      (_, index) => `${product.media}/bench/${photo.name}?tr=w-512,f-jpg&updatedAt=${turn + index}`,
    );
  const miss = await drive(urls(first), CONNECTIONS);
  await first.stop();

  const second = await startProduct(state);
  try {
    const variant = await drive(urls(second), CONNECTIONS);
    const hit = await drive(Array.from({ length: 10 }, () => urls(second)).flat(), CONNECTIONS);
    const row = (name: string, load: Load): (string | number)[] => [
      name,
      load.perSecond.toFixed(0),
      load.medianMilliseconds.toFixed(1),
      Object.entries(load.serverTiming)
        .map(([source, count]) => `${source} ${count}`)
        .join(', '),
      load.failed,
    ];
    return table(
      ['source of the answer', 'requests/s', 'median ms', 'as Server-Timing says', 'failed'],
      [row('miss', miss), row('variant', variant), row('hit', hit)],
    );
  } finally {
    await second.stop();
  }
}
