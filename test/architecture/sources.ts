import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** The repository's root. */
export const ROOT = new URL('../..', import.meta.url).pathname;

/** Every TypeScript and JavaScript file below a folder of the repository, as paths relative to the root. */
export function sourcesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter(
      (entry) => entry.isFile() && /\.(tsx?|mjs|cjs)$/.test(entry.name) && !entry.parentPath.includes('node_modules'),
    )
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .sort();
}

export function textOf(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

/** What a file imports: relative specifiers as paths from the root, packages and Node built-ins as written. */
export const importsOf = (file: string): string[] => specifiersIn(textOf(file), file, IMPORT);

/** What a file imports and runs: not what it imports as a type only. */
export const valueImportsOf = (file: string): string[] => specifiersIn(withoutTypeImports(file), file, IMPORT);

/** What is loaded together with a file: neither types nor `import()`. */
export const staticImportsOf = (file: string): string[] => specifiersIn(withoutTypeImports(file), file, STATIC_IMPORT);

const withoutTypeImports = (file: string): string => textOf(file).replace(/^(import|export) type [^;]*;$/gm, '');

const STATIC_IMPORT =
  /(?:^|\n)\s*(?:import|export)\s[^;'"]*?from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]/g;
const IMPORT = new RegExp(`${STATIC_IMPORT.source}|(?:import|require)\\(\\s*['"]([^'"]+)['"]`, 'g');

function specifiersIn(text: string, file: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((match) => {
    const specifier = (match[1] ?? match[2] ?? match[3]) as string;
    return specifier.startsWith('.') ? relative(ROOT, join(ROOT, dirname(file), specifier)) : specifier;
  });
}
