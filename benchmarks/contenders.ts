import { encoderQuality } from '../lambda/core/render/output/quality.ts';
import { linearFrom } from '../lambda/core/render/picture/linear-light.ts';
import { type Product, startServer } from './children.ts';
import { startImgproxy } from './imgproxy.ts';
import { functionProcesses } from './measure.ts';
import type { Photo } from './photos.ts';
import { extensionOf, type RenderCase } from './render-cases.ts';

/** A program that makes pictures over HTTP. */
export interface Contender {
  readonly name: string;
  /** URL of the photo in a case; `turn` makes it new to every cache. Undefined where it has nothing of its own to show. */
  readonly url: (photo: Photo, made: RenderCase, turn: number) => string | undefined;
  /** The processes whose CPU counts, with all that they start. */
  readonly processes: () => readonly number[];
}

/** Contenders that run, and how they are stopped. */
export interface RunningContenders {
  readonly all: readonly Contender[];
  readonly stop: () => void;
}

export const FLOOR = 'GET + sharp, never in linear light';
export const LINEAR_FLOOR = 'GET + sharp, in linear light as ours';
export const OURS = 'Vitrine transformer, with its stored variant';

/** The encoder's own number that stands for q-80. PNG has none. */
const qualityOf = (format: RenderCase['format']): number => encoderQuality(format, 80);

/** Whether a case goes through linear light, and from which width on. */
function linearWidth({ name, size }: Photo, width: number): number | undefined {
  if (!/^jpe?g$/.test(extensionOf(name))) return undefined;
  return linearFrom(size, { width, height: Math.round((size.height * width) / size.width) })?.width;
}

/** @param sources host and port that serve the pictures */
export async function startContenders(product: Product, sources: string): Promise<RunningContenders> {
  const floor = await startServer('floor-server.ts', `http://${sources}`);
  const ipx = await startServer('ipx-server.ts', '127.0.0.1');
  const imgproxy = await startImgproxy();
  const servers = [floor, ipx, ...(imgproxy ? [imgproxy] : [])];
  const floorUrl = (photo: Photo, made: RenderCase, between: number | '-', turn: number) =>
    `http://127.0.0.1:${floor.port}/${made.width}/${made.format}/${qualityOf(made.format)}/${between}/${photo.name}?${turn}`;
  const all: Contender[] = [
    {
      name: LINEAR_FLOOR,
      url: (photo, made, turn) => {
        const between = linearWidth(photo, made.width);
        return between === undefined ? undefined : floorUrl(photo, made, between, turn);
      },
      processes: () => [floor.pid],
    },
    {
      name: FLOOR,
      url: (photo, made, turn) => floorUrl(photo, made, '-', turn),
      processes: () => [floor.pid],
    },
    {
      name: 'ipx',
      url: (photo, { width, format }, turn) => {
        const moves = extensionOf(photo.name) === 'gif' ? ',animated' : '';
        // A quality of PNG would mean a palette.
        const quality = format === 'png' ? '' : `,q_${qualityOf(format)}`;
        return `http://127.0.0.1:${ipx.port}/w_${width},f_${format}${quality}${moves}/http://${sources}/${photo.name}?${turn}`;
      },
      processes: () => [ipx.pid],
    },
    ...(imgproxy
      ? [
          {
            name: imgproxy.name,
            url: (photo: Photo, { width, format }: RenderCase, turn: number) =>
              `http://127.0.0.1:${imgproxy.port}/unsigned/w:${width}/q:${qualityOf(format)}/plain/${encodeURIComponent(`http://${sources}/${photo.name}?${turn}`)}@${format}`,
            processes: () => [imgproxy.pid],
          },
        ]
      : []),
    {
      name: OURS,
      url: (photo, { width, format }, turn) =>
        `${product.media}/bench/${photo.name}?tr=w-${width},f-${format === 'jpeg' ? 'jpg' : format}&updatedAt=${turn}`,
      processes: () => functionProcesses(product.pid, 'transform'),
    },
  ];
  return {
    all,
    stop: () => {
      for (const server of servers) server.stop();
    },
  };
}
