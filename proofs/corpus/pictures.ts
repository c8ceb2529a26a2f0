import { readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LIMITS } from '../../lambda/contract/limits.ts';
import { fetchPackages } from './packages.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Where the packages stay between two runs. */
const CACHE = join(tmpdir(), 'vitrine-corpus');

/** Extensions of pictures, for folders that hold other things beside. */
const PICTURE = /\.(jpe?g|png|gif|webp|avif|tiff?|svg|bmp|ico|heic|jxl|jp2)$/i;

export interface CorpusFile {
  /** The package and the place in it. */
  readonly name: string;
  readonly path: string;
  /** Bytes. */
  readonly size: number;
}

/** Pictures of this repository and of the packages that are installed for it. */
export function installedPictures(): CorpusFile[] {
  const folders = { fixtures: join(ROOT, 'test/fixtures'), packages: join(ROOT, 'node_modules') };
  return filesIn(folders).filter(({ name }) => PICTURE.test(name));
}

/** Test files of Pillow, libvips, libpng with PngSuite, and govips: odd and damaged ones among them, and some that are no pictures. */
export const publishedPictures = (): CorpusFile[] => filesIn(fetchPackages(CACHE));

function filesIn(folders: Readonly<Record<string, string>>): CorpusFile[] {
  return Object.entries(folders).flatMap(([name, folder]) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .sort()
      .map((file) => ({ name: `${name}/${file}`, path: join(folder, file), size: sizeOf(join(folder, file)) }))
      .filter(({ size }) => size > 0 && size <= LIMITS.sourceBytes),
  );
}

/** @returns 0 for what is no file */
function sizeOf(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat?.isFile() ? stat.size : 0;
}
