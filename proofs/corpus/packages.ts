import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A published package with test pictures. Its pictures keep their own licences, so none is in this repository. */
interface PicturePackage {
  readonly name: string;
  /** Brings the package into a folder that exists, with the ordinary client of its registry. */
  readonly fetch: (folder: string) => void;
  readonly archive: RegExp;
  readonly sha256: string;
  /** Folder of the pictures in the archive, behind its first folder. */
  readonly pictures: string;
}

const PACKAGES: readonly PicturePackage[] = [
  {
    name: 'pillow',
    fetch: (folder) => {
      call(
        'pip',
        ['download', '--quiet', '--no-deps', '--no-binary', 'pillow', 'pillow==11.3.0', '-d', folder],
        folder,
      );
    },
    archive: /^pillow-11\.3\.0\.tar\.gz$/,
    sha256: '3828ee7586cd0b2091b6209e5ad53e20d0649bbe87164a459d0676e035e8f523',
    pictures: 'Tests/images',
  },
  {
    name: 'vips',
    fetch: (folder) => fetchDebianSource('vips', folder),
    archive: /^vips_8\.14\.1\.orig\.tar\.gz$/,
    sha256: 'a4a6b282216f7522b42ebb5cd64cfd82a0d1a632033e9c0502f021e945fed641',
    pictures: 'test/test-suite/images',
  },
  {
    // With PngSuite in it.
    name: 'libpng',
    fetch: (folder) => fetchDebianSource('libpng1.6', folder),
    archive: /^libpng1\.6_1\.6\.39\.orig\.tar\.gz$/,
    sha256: 'a00e9d2f2f664186e4202db9299397f851aea71b36a35e74910b8820e380d441',
    pictures: 'contrib',
  },
];

const GOVIPS = 'github.com/davidbyttow/govips/v2@v2.16.0';
const GOVIPS_SUM = 'h1:1nH/Rbx8qZP1hd+oYL9fYQjAnm1+KorX9s07ZGseQmo=';

/**
 * Fetches the packages into a folder where they stay.
 * @returns folders of pictures, by the package's name
 * @throws when a client is missing or a checksum differs
 */
export function fetchPackages(folder: string): Readonly<Record<string, string>> {
  const fetched = PACKAGES.map((one) => [one.name, fetchPackage(one, join(folder, one.name))] as const);
  return { ...Object.fromEntries(fetched), govips: fetchGovips(folder) };
}

function fetchPackage({ name, fetch, archive, sha256, pictures }: PicturePackage, folder: string): string {
  mkdirSync(folder, { recursive: true });
  const find = () => readdirSync(folder).find((file) => archive.test(file));
  if (!find()) fetch(folder);
  const file = find();
  if (!file) throw new Error(`${name} came in another version than the proof knows.`);
  const found = createHash('sha256')
    .update(readFileSync(join(folder, file)))
    .digest('hex');
  if (found !== sha256) throw new Error(`The checksum of ${file} is ${found}, not ${sha256}.`);
  const opened = join(folder, 'opened');
  if (!existsSync(opened)) {
    mkdirSync(opened);
    call('tar', ['xf', join(folder, file), '-C', opened, '--strip-components', '1'], folder);
  }
  return join(opened, pictures);
}

function fetchGovips(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const answer = JSON.parse(call('go', ['mod', 'download', '-json', GOVIPS], folder)) as { Dir: string; Sum: string };
  if (answer.Sum !== GOVIPS_SUM) throw new Error(`The checksum of govips is ${answer.Sum}, not ${GOVIPS_SUM}.`);
  return join(answer.Dir, 'resources');
}

/** The sources of Debian, of the release that is installed. Its own lists are left alone. */
function fetchDebianSource(name: string, folder: string): void {
  const lists = join(folder, 'lists');
  mkdirSync(lists, { recursive: true });
  const sources = join(folder, 'debian.sources');
  const own = readFileSync('/etc/apt/sources.list.d/debian.sources', 'utf8');
  writeFileSync(sources, own.replaceAll(/^Types: .*$/gm, 'Types: deb-src'));
  const options = [
    ...['-o', `Dir::Etc::sourcelist=${sources}`, '-o', 'Dir::Etc::sourceparts=-'],
    ...['-o', `Dir::State::lists=${lists}`, '-qq'],
  ];
  call('apt-get', [...options, 'update'], folder);
  call('apt-get', [...options, 'source', '--download-only', '--tar-only', name], folder);
}

function call(command: string, args: readonly string[], folder: string): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args[0]} failed: ${error?.message ?? stderr}`);
  return stdout;
}
