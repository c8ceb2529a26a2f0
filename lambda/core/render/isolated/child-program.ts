import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LIMITS } from '../../../contract/limits.ts';
import { FONTS_FOLDER_VARIABLE, RENDER_CHILD_FILE } from '../../../contract/render-child.ts';

/** How a child is started. */
export interface ChildProgram {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** The only one that the child may write to; it does not exist yet. */
  readonly folder: string;
}

/** Variables that say where native libraries and fonts are. No other is handed on: the rest has credentials. */
const HANDED_ON = ['LD_LIBRARY_PATH', 'FONTCONFIG_FILE', 'FONTCONFIG_PATH'];

/** Of the folders in which children keep fonts while they use them. */
const FONTS_PREFIX = 'vitrine-fonts-';

/** Megabytes of JavaScript's own heap; pixels are outside it. */
const HEAP_MEGABYTES = 256;

/**
 * Seconds of processor time after which the kernel ends a child, whatever else fails: the parent may have been killed
 * while a decoder was running. The parent retires children long before.
 */
const PROCESSOR_SECONDS = 90;

/**
 * The child's program. Node's permission model keeps it from every file but its own code and the fonts that it is sent,
 * from other programs and from threads; its native code is held by no permission, so decoders get bytes and never a path
 * or a base URL.
 */
export function childProgram(): ChildProgram {
  const { script, code } = ownCode();
  const packages = packagesFolder();
  const folder = `${tmpdir()}${sep}${FONTS_PREFIX}${randomUUID()}`;
  const flags = [
    '--permission',
    '--allow-addons',
    ...[code, packages].map((path) => `--allow-fs-read=${path}`),
    `--allow-fs-write=${folder}*`,
    `--max-old-space-size=${HEAP_MEGABYTES}`,
    '--disable-warning=SecurityWarning',
    '--disable-warning=ExperimentalWarning',
  ];
  return {
    command: '/bin/sh',
    arguments: ['-c', `ulimit -t ${PROCESSOR_SECONDS}; exec "$0" "$@"`, process.execPath, ...flags, script],
    environment: {
      // The layer's folder is found by this alone; modules that are required, not imported, are looked for there.
      NODE_PATH: packages,
      MALLOC_ARENA_MAX: '2',
      [FONTS_FOLDER_VARIABLE]: folder,
      ...Object.fromEntries(HANDED_ON.flatMap((name) => [[name, process.env[name]]]).filter(([, value]) => value)),
    },
    folder,
  };
}

/** In a bundle one file beside this one; in the sources the handler of that name and what it imports. */
function ownCode(): { script: string; code: string } {
  const here = fileURLToPath(import.meta.url);
  if (!here.endsWith('.ts')) {
    const script = `${dirname(here)}${sep}${RENDER_CHILD_FILE}`;
    return { script, code: script };
  }
  const lambda = fileURLToPath(new URL('../../../', import.meta.url));
  return { script: `${lambda}handlers${sep}${RENDER_CHILD_FILE.replace(/\.cjs$/, '.ts')}`, code: lambda };
}

/** The folder of packages that sharp lies in. */
function packagesFolder(): string {
  const entry = createRequire(import.meta.url).resolve('sharp');
  return entry.slice(0, entry.lastIndexOf(`${sep}node_modules${sep}`) + `${sep}node_modules${sep}`.length);
}

/** Milliseconds of work after which a child is not used again: nothing that it kept by accident grows for ever. */
export const WORKING_MILLISECONDS = 4 * LIMITS.renderMilliseconds;
