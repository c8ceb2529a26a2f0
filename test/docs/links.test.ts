import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../architecture/sources.ts';

const SKIPPED = ['node_modules', '.git', '.cache', '.vitrine', 'cdk.out'];

/** Every Markdown file of the repository, relative to its root. */
function pagesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter(({ name }) => !SKIPPED.includes(name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return pagesIn(path);
      return entry.name.endsWith('.md') ? [path] : [];
    });
}

/** Without code: neither a link nor a heading stands in it. */
const withoutCode = (text: string): string =>
  text
    .replace(/^```[\s\S]*?^```$/gm, '')
    .replace(/^ {4}.*$/gm, '')
    .replace(/`[^`\n]*`/g, '');

function linksOf(text: string): string[] {
  return [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map((match) => match[1] as string)
    .filter((target) => !/^[a-z]+:/.test(target));
}

/** GitHub's anchors of a page's headings. */
function anchorsOf(text: string): Set<string> {
  const headings = text.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/^#+ (.+)$/gm);
  return new Set(
    [...headings].map(([, title = '']) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

/** Whether a link of a page leads to a file, and to a heading in it when it names one. */
function resolves(page: string, target: string): boolean {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? page : join(dirname(page), path);
  if (!existsSync(join(ROOT, file))) return false;
  return anchor === undefined || anchorsOf(readFileSync(join(ROOT, file), 'utf8')).has(anchor);
}

const CODE_PATH = /`((?:lambda|lib|local|packages|test|docs|benchmarks|proofs|bin|\.ci)\/[\w./-]+)`/g;

/** Paths of this repository that stand in backticks; those with a place holder are shapes, not files. */
const codePathsOf = (text: string): string[] => [...text.matchAll(CODE_PATH)].map((match) => match[1] as string);

/** Whether a path exists: from the root, or in a package's own pages from the package. */
function exists(page: string, path: string): boolean {
  const [home = ''] = /^packages\/[^/]+/.exec(page) ?? [];
  return existsSync(join(ROOT, path)) || (home !== '' && existsSync(join(ROOT, home, path)));
}

const pages = pagesIn('.');

describe('Markdown pages', () => {
  it('are found', () => {
    expect(pages).toEqual(expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'docs/architecture.md']));
  });

  it.each(pages)('%s has links that resolve', (page) => {
    const text = readFileSync(join(ROOT, page), 'utf8');

    expect(linksOf(text).filter((target) => !resolves(page, target))).toEqual([]);
  });

  it.each(pages)('%s names files that exist', (page) => {
    const text = readFileSync(join(ROOT, page), 'utf8');

    expect(codePathsOf(text).filter((path) => !exists(page, path))).toEqual([]);
  });

  it('are told of what does not resolve', () => {
    expect(resolves('README.md', 'docs/missing.md')).toBe(false);
    expect(resolves('README.md', 'docs/urls.md#missing')).toBe(false);
    expect(resolves('README.md', 'docs/urls.md#forms')).toBe(true);
    expect(exists('packages/local-cloud/README.md', 'src/missing.ts')).toBe(false);
    expect(exists('README.md', 'src/cloud.ts')).toBe(false);
    expect(exists('packages/local-cloud/README.md', 'src/cloud.ts')).toBe(true);
    expect(codePathsOf('see `lib/missing.ts` and `lib/*.ts`')).toEqual(['lib/missing.ts']);
  });
});

describe('docs/decisions', () => {
  const files = readdirSync(join(ROOT, 'docs/decisions')).filter((name) => name !== 'README.md');

  it('are numbered without a gap, dated, and in the index', () => {
    const index = readFileSync(join(ROOT, 'docs/decisions/README.md'), 'utf8');
    expect(files.map((name) => name.slice(0, 4)).sort()).toEqual(files.map((_, at) => String(at + 1).padStart(4, '0')));
    for (const name of files) {
      const text = readFileSync(join(ROOT, 'docs/decisions', name), 'utf8');
      expect(text, name).toMatch(new RegExp(`^# ${name.slice(0, 4)}: .+\\n\\n\\d{4}-\\d{2}-\\d{2}\\n\\n\\*\\*Context`));
      expect(index).toContain(`](${name})`);
    }
  });
});
