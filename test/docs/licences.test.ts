import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../architecture/sources.ts';

/** Licences (SPDX) under which we take packages, and what each asks of whoever deploys. A choice, `A OR B`, needs one of them. */
const ALLOWED: Readonly<Record<string, string>> = {
  MIT: 'its text travels along',
  ISC: 'its text travels along',
  '0BSD': 'nothing',
  Unlicense: 'nothing',
  'CC0-1.0': 'nothing',
  'Apache-2.0': 'its text and notices travel along',
  'BSD-2-Clause': 'its text travels along',
  'BSD-3-Clause': 'its text travels along',
  'BlueOak-1.0.0': 'its text travels along',
  'Python-2.0': 'its text travels along',
  'MPL-2.0': 'changes of its own files stay open',
  'LGPL-3.0-or-later': 'libvips: it is loaded as a library of its own, which can be replaced',
  'OFL-1.1': 'fonts: not sold by themselves',
  'UFL-1.0': 'a font: not sold by itself',
  'Bitstream-Vera': 'a font: not sold by itself',
};

/** What npm's lock file cannot say of a package, as its own files do. */
const SAID_ELSEWHERE: Readonly<Record<string, string>> = {
  busboy: 'MIT',
  streamsearch: 'MIT',
  'dejavu-fonts-ttf': 'Bitstream-Vera',
};

interface Locked {
  readonly license?: string;
  readonly link?: boolean;
}

/** Names of packages by their licences, as SPDX expressions. */
function packagesByLicence(): Map<string, Set<string>> {
  const { packages }: { packages: Record<string, Locked> } = JSON.parse(
    readFileSync(join(ROOT, 'package-lock.json'), 'utf8'),
  );
  const found = new Map<string, Set<string>>();
  for (const [path, { license, link }] of Object.entries(packages)) {
    if (!path.includes('node_modules/') || link) continue;
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const licence = SAID_ELSEWHERE[name] ?? license ?? 'unknown';
    found.set(licence, (found.get(licence) ?? new Set()).add(name));
  }
  return found;
}

/** SPDX, "License expressions", without brackets in brackets, which no package has. */
function isAllowed(expression: string): boolean {
  const parts = expression.replaceAll(/[()]/g, '');
  if (parts.includes(' OR ')) return parts.split(' OR ').some(isAllowed);
  return parts.split(' AND ').every((one) => Object.hasOwn(ALLOWED, one));
}

function licencesPage(): string {
  const rows = [...packagesByLicence()]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([licence, names]) => `| ${licence} | ${names.size} | ${[...names].sort().join(', ')} |`);
  const meanings = Object.entries(ALLOWED).map(([licence, meaning]) => `| ${licence} | ${meaning} |`);
  return [
    '# Licences of the packages',
    '',
    'Made from `package-lock.json`; `UPDATE_DOCS=1 npm test` writes it anew. A package under another licence fails the build.',
    'Most of them are for development. What is deployed with them is in the [bundle’s bill of materials](deployment-bundle.md).',
    '',
    '| licence | packages | |',
    '|---|---:|---|',
    ...rows,
    '',
    '## What each asks',
    '',
    '| licence | |',
    '|---|---|',
    ...meanings,
    '',
  ].join('\n');
}

it('packages are under licences that the deployment keeps', () => {
  expect([...packagesByLicence().keys()].filter((licence) => !isAllowed(licence))).toEqual([]);
  expect(isAllowed('GPL-3.0-only')).toBe(false);
  expect(isAllowed('MIT AND GPL-3.0-only')).toBe(false);
  expect(isAllowed('(MIT OR GPL-3.0-or-later)')).toBe(true);
});

it('docs/licences.md lists them; UPDATE_DOCS=1 writes it anew', () => {
  const page = join(ROOT, 'docs/licences.md');
  if (process.env.UPDATE_DOCS) writeFileSync(page, licencesPage());

  expect(readFileSync(page, 'utf8')).toBe(licencesPage());
});
