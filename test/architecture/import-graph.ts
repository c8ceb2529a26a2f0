import { dirname } from 'node:path';
import { importsOf, sourcesIn } from './sources.ts';

/** Each file with what it imports, types too: files as paths from the root, packages as written. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

export const graphOf = (...folders: string[]): ImportGraph =>
  new Map(folders.flatMap(sourcesIn).map((file) => [file, importsOf(file)]));

/** A graph with one import more: for tests that show that a rule can be broken. */
export function withImport(graph: ImportGraph, file: string, imported: string): ImportGraph {
  return new Map([...graph, [file, [...(graph.get(file) ?? []), imported]]]);
}

/** Every import of the files in a folder that a rule does not allow, as `file > imported`. */
export function breaches(
  graph: ImportGraph,
  folder: string,
  allowed: (imported: string, file: string) => boolean,
): string[] {
  return [...graph].flatMap(([file, imports]) =>
    isIn(folder, file)
      ? imports.filter((imported) => !allowed(imported, file)).map((imported) => `${file} > ${imported}`)
      : [],
  );
}

export const isIn = (folder: string, file: string): boolean => file.startsWith(`${folder}/`);

/** The files that some files import, directly or through others, themselves included; packages too. */
export function reachedFrom(graph: ImportGraph, files: readonly string[]): ReadonlySet<string> {
  const reached = new Set(files);
  for (const file of reached) for (const imported of graph.get(file) ?? []) reached.add(imported);
  return reached;
}

/** Groups of files that import each other, each in alphabetical order. */
export const circlesOfFiles = (graph: ImportGraph): string[][] => circles(graph);

/** Groups of folders with the same parent whose files import each other. */
export function circlesOfFolders(graph: ImportGraph): string[][] {
  const parents = new Set([...graph.keys()].flatMap(foldersAbove));
  return [...parents].flatMap((parent) => circles(folderGraph(graph, parent)));
}

/** The folders of one parent and which of them each one's files import. */
function folderGraph(graph: ImportGraph, parent: string): ImportGraph {
  const folders = new Map<string, string[]>();
  for (const [file, imports] of graph) {
    const folder = childFolder(parent, file);
    if (folder === undefined) continue;
    const others = imports.flatMap((imported) => childFolder(parent, imported) ?? []).filter((one) => one !== folder);
    folders.set(folder, [...(folders.get(folder) ?? []), ...others]);
  }
  return folders;
}

/** `lambda`, `lambda/core` … of a file in `lambda/core`. */
function foldersAbove(file: string): string[] {
  const folder = dirname(file);
  return folder === '.' ? [] : [folder, ...foldersAbove(folder)];
}

/** The folder directly below `parent` that a file is in, if it is. */
function childFolder(parent: string, file: string): string | undefined {
  if (!isIn(parent, file)) return undefined;
  const [name, ...rest] = file.slice(parent.length + 1).split('/');
  return rest.length > 0 ? `${parent}/${name}` : undefined;
}

/** Strongly connected components of more than one node (Tarjan, 1972). */
function circles(graph: ImportGraph): string[][] {
  const found: string[][] = [];
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const visit = (node: string): number => {
    const own = order.size;
    order.set(node, own);
    lowest.set(node, own);
    stack.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!graph.has(next)) continue;
      const reached = order.has(next) ? (stack.includes(next) ? (order.get(next) as number) : own) : visit(next);
      lowest.set(node, Math.min(lowest.get(node) as number, reached));
    }
    if (lowest.get(node) === own) {
      const component = stack.splice(stack.indexOf(node));
      if (component.length > 1) found.push(component.sort());
    }
    return lowest.get(node) as number;
  };
  for (const node of graph.keys()) if (!order.has(node)) visit(node);
  return found;
}
