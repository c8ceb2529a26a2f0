import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { FONT_SUBSTITUTES, FONTS_CONF, FONTS_FOLDER, GENERIC_FONTS } from '../../lambda/contract/fonts.ts';
import type { FontPackage } from './font-packages.ts';
import {
  FALLBACK_FAMILIES,
  FONT_PACKAGES,
  LICENCE_FILES,
  NEEDLESS_TABLES,
  UNWRITTEN_LICENCES,
} from './font-packages.ts';
import { withoutTables } from './font-tables.ts';

/** Raise when the layer is made in another way from the same packages. */
const RECIPE = '2';

/** Says which of our families stands for families that are asked for. */
const aliases = Object.entries(FONT_SUBSTITUTES)
  .concat(Object.entries(GENERIC_FONTS))
  .flatMap(([family, others]) => others.map((other) => alias(other, family)))
  .join('\n');

function alias(asked: string, family: string): string {
  return `  <alias binding="same"><family>${asked}</family><prefer><family>${family}</family></prefer></alias>`;
}

/**
 * Only the layer's own fonts, drawn without a machine's taste, so that a text has the same pixels everywhere. Lambda can
 * write below /tmp alone. Pango asks for emojis by the family "emoji". A family that nobody knows, and characters that one
 * lacks, are set in Noto.
 */
const CONFIGURATION = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir prefix="relative">.</dir>
  <cachedir>/tmp/vitrine-fontconfig</cachedir>
  <alias binding="same">
    <family>emoji</family>
    <prefer><family>Noto Color Emoji</family></prefer>
  </alias>
${aliases}
  <match target="pattern">
    <edit name="family" mode="append_last" binding="strong">
${FALLBACK_FAMILIES.map((family) => `      <string>${family}</string>`).join('\n')}
    </edit>
  </match>
  <match target="font">
    <edit name="antialias" mode="assign"><bool>true</bool></edit>
    <edit name="hinting" mode="assign"><bool>false</bool></edit>
    <edit name="autohint" mode="assign"><bool>false</bool></edit>
    <edit name="hintstyle" mode="assign"><const>hintnone</const></edit>
    <edit name="rgba" mode="assign"><const>none</const></edit>
  </match>
</fontconfig>
`;

export interface BuiltFontsLayer {
  /** The layer's contents: `fonts/fonts.conf` and the fonts beside it. */
  readonly folder: string;
  /** Identity of the contents, from the packages' versions. */
  readonly hash: string;
}

/**
 * Puts the fonts of the installed packages into a layer, once; later syntheses reuse it.
 * @param root the repository, whose node_modules has the packages
 * @param cache folder that keeps finished layers
 */
export function fontsLayer(
  root: string,
  cache = join(root, 'node_modules/.cache/vitrine/fonts-layer'),
): BuiltFontsLayer {
  const packages = FONT_PACKAGES.map((one) => ({ ...one, folder: join(root, 'node_modules', one.name) }));
  const versions = packages.map(({ name, folder }) => `${name}@${versionOf(folder)}`);
  const hash = createHash('sha256')
    .update([RECIPE, CONFIGURATION, ...FONT_PACKAGES.map(({ faces }) => faces.source), ...versions].join('\n'))
    .digest('hex')
    .slice(0, 32);
  const folder = join(cache, hash);
  if (!existsSync(folder)) make(packages, folder);
  return { folder, hash };
}

interface InstalledPackage extends FontPackage {
  readonly folder: string;
}

function versionOf(folder: string): string {
  return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version;
}

/** Made beside its place and moved there whole, so that a broken or parallel run leaves no half layer. */
function make(packages: readonly InstalledPackage[], folder: string): void {
  const draft = `${folder}.${process.pid}`;
  const fonts = join(draft, FONTS_FOLDER);
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(join(fonts, 'licences'), { recursive: true });
  try {
    for (const one of packages) {
      for (const face of facesOf(one)) {
        writeFileSync(join(fonts, basename(face)), withoutTables(readFileSync(face), NEEDLESS_TABLES));
      }
      writeFileSync(join(fonts, 'licences', `${basename(one.name)}.txt`), licenceOf(one, packages));
    }
    writeFileSync(join(fonts, FONTS_CONF), CONFIGURATION);
    if (!existsSync(folder)) renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function facesOf({ name, folder, faces }: InstalledPackage): string[] {
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => faces.test(path));
  if (found.length === 0) throw new Error(`The package ${name} has no font that the fonts layer could take.`);
  return found.sort().map((path) => join(folder, path));
}

/** The licence must travel with the fonts (SIL Open Font License 1.1, condition 2). */
function licenceOf(one: InstalledPackage, packages: readonly InstalledPackage[]): string {
  const copyright = UNWRITTEN_LICENCES[one.name];
  if (copyright === undefined) return writtenLicence(one);
  const model = packages.find(({ name }) => name === '@expo-google-fonts/arvo');
  const text = /^This Font Software is licensed[\s\S]*$/m.exec(model ? writtenLicence(model) : '')?.[0];
  return `${copyright}\n\n${text}`;
}

function writtenLicence({ name, folder }: InstalledPackage): string {
  const file = LICENCE_FILES.map((candidate) => join(folder, candidate)).find((candidate) => existsSync(candidate));
  if (file === undefined) throw new Error(`The package ${name} has no licence to go with its fonts.`);
  return readFileSync(file, 'utf8');
}
