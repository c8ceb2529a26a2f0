import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { ENGINE_VERSION } from '../lambda/contract/engine-version.ts';
import { deliverImage } from '../lambda/core/delivery/deliver-image.ts';
import { readMediaUrl } from '../lambda/core/delivery/media-url.ts';
import { Problem } from '../lambda/core/kernel/problems.ts';
import { sha256Hex } from '../lambda/core/kernel/sha256.ts';
import type { Content } from '../lambda/core/library/asset.ts';
import { readContent } from '../lambda/core/library/file-content.ts';
import { checkImage } from '../lambda/core/render/check-image.ts';
import { type Rendered, render } from '../lambda/core/render/render.ts';
import { variantPath } from '../lambda/core/request/variant-key.ts';
import { detectType } from '../lambda/formats/types/detect-type.ts';
import { deps, forgetAll, keep, NO_HINTS, originals } from '../test/core/delivery/memory-delivery.ts';
import { formatRules } from './corpus/format-rules.ts';
import { type CorpusFile, installedPictures, publishedPictures } from './corpus/pictures.ts';
import type { Proof } from './proof.ts';
import { randomFrom, shuffled } from './random.ts';

const FORMATS = ['jpg', 'png', 'webp', 'avif'] as const;

interface Sizes {
  readonly [name: string]: number;
  /** At most. */
  readonly files: number;
  /** Packages that are fetched for it; 0 takes what is installed. */
  readonly packages: number;
  /** Of a file, at most. */
  readonly kilobytes: number;
}

type Counts = Record<string, number>;

/** Tries of one answer: a machine that is busy with other things answers 504, and is to be asked again. */
const TRIES = 12;

/** Files that others test their image libraries with, uploaded and asked for at 100 pixels in four formats. */
export const CORPUS: Proof<Sizes> = {
  name: 'corpus',
  sentence:
    'Files that others test image libraries with are pictures, or refused by a rule of docs/formats.md; none is a fault.',
  small: { files: 40, packages: 0, kilobytes: 100 },
  full: { files: 2000, packages: 4, kilobytes: 50_000 },
  async run({ files, packages, kilobytes }, seed, report) {
    const rules = formatRules();
    const counts: Counts = { files: 0 };
    const found = packages > 0 ? publishedPictures() : installedPictures();
    const all = found.filter(({ size }) => size <= kilobytes * 1000);
    for (const file of shuffled(randomFrom(seed), all).slice(0, files)) {
      report(`${counts.files} files, now ${file.name}`);
      count(counts, 'files');
      await tryFile(file, rules, counts);
    }
    return counts;
  },
};

async function tryFile(file: CorpusFile, rules: ReadonlyMap<string, string>, counts: Counts): Promise<void> {
  const bytes = readFileSync(file.path);
  const content = await upload(file, bytes, rules, counts);
  forgetAll();
  const { objectKey } = keep('/a', '', content);
  originals.set(objectKey, bytes);
  for (const format of FORMATS) {
    const what = `${file.name} in ${format}`;
    const { status, code, isFile, remarks } = await deliverPatiently(format, counts);
    if (status >= 500) throw new Error(`${what} was answered ${status} (${code})`);
    if (status === 200 && !isFile) count(counts, 'pictures');
    else if (status === 200 && remarks === '') throw new Error(`${what} is the file itself, and does not say so`);
    else if (code === undefined && status !== 200) throw new Error(`${what} was answered ${status} without a code`);
    else count(counts, code === undefined ? 'no pictures, delivered as they are' : explained(code, rules, what));
  }
}

/** What an upload finds out; of a file that it refuses, what an older one would have: it is asked for all the same. */
async function upload(
  { name, path }: CorpusFile,
  bytes: Buffer,
  rules: ReadonlyMap<string, string>,
  counts: Counts,
): Promise<Content> {
  try {
    return await readContent({ detectType, checkImage }, bytes, basename(path), undefined);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    count(counts, `uploads: ${explained(error.code, rules, name)}`);
    return { contentType: detectType(bytes, '').contentType, fileType: 'image', size: bytes.byteLength };
  }
}

function explained(code: string, rules: ReadonlyMap<string, string>, what: string): string {
  const rule = rules.get(code);
  if (!rule) throw new Error(`${what} was refused with ${code}, which docs/formats.md does not explain`);
  return `refused by "${rule}"`;
}

async function deliverPatiently(format: (typeof FORMATS)[number], counts: Counts) {
  for (let attempt = 1; ; attempt++) {
    const answer = await deliver(format);
    if (answer.status !== 504 || attempt === TRIES) return answer;
    count(counts, 'asked again, as the machine was busy');
  }
}

async function deliver(format: (typeof FORMATS)[number]) {
  const query = `tr=w-100,f-${format}`;
  const url = readMediaUrl('/a', query);
  let code: string | undefined;
  const told = (...args: Parameters<typeof render>): Promise<Rendered> =>
    render(...args).catch((error: unknown) => {
      if (error instanceof Problem) code = error.code;
      throw error;
    });
  const { status, headers, body, stored } = await deliverImage(deps({ render: told }), {
    method: 'GET',
    path: variantPath(url, 'plain', 'open', 'default', ENGINE_VERSION, sha256Hex),
    asked: { host: 'media.example.com', path: '/a', query },
    hints: NO_HINTS,
  });
  await stored;
  if (body instanceof ReadableStream) await body.cancel();
  const remarks = headers['x-vitrine-ignored'] ?? '';
  return { status, code, remarks, isFile: remarks.includes('w-100') };
}

function count(counts: Counts, what: string): void {
  counts[what] = (counts[what] ?? 0) + 1;
}
