import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { linesOfDatabase, writeDatabase } from './database-lines.ts';

/** Databases of a state folder: tables of DynamoDB, and what S3 knows of its objects. */
const DATABASES = ['dynamodb.sqlite', 's3/metadata.db'];

/** Bytes of objects. */
const OBJECTS = 's3/blobs';

const linesFile = (database: string): string => `${database.slice(0, database.lastIndexOf('.'))}.jsonl`;

/** Writes down what a product that has stopped keeps. @param to replaced as a whole */
export function recordState(stateFolder: string, to: string): void {
  const data = join(stateFolder, 'data');
  rmSync(to, { recursive: true, force: true });
  mkdirSync(join(to, 's3'), { recursive: true });
  for (const file of DATABASES) writeFileSync(join(to, linesFile(file)), linesOfDatabase(join(data, file)));
  cpSync(join(data, OBJECTS), join(to, OBJECTS), { recursive: true });
  for (const name of jsonFiles(data)) cpSync(join(data, name), join(to, name));
}

/** Makes a state folder of what was written down. */
export function restoreState(from: string, stateFolder: string): void {
  const data = join(stateFolder, 'data');
  mkdirSync(join(data, dirname(OBJECTS)), { recursive: true, mode: 0o700 });
  for (const file of DATABASES) writeDatabase(join(data, file), readFileSync(join(from, linesFile(file)), 'utf8'));
  cpSync(join(from, OBJECTS), join(data, OBJECTS), { recursive: true });
  for (const name of jsonFiles(from)) cpSync(join(from, name), join(data, name));
  withoutSamples(stateFolder);
}

/** Sample pictures are not part of what is compared. */
export function withoutSamples(stateFolder: string): void {
  mkdirSync(stateFolder, { recursive: true, mode: 0o700 });
  writeFileSync(join(stateFolder, 'samples.done'), '');
}

const jsonFiles = (folder: string): string[] => readdirSync(folder).filter((name) => name.endsWith('.json'));

/** Table and key of an item -> its JSON, names in order: the server writes them in any, when an item is put again as it was. */
export type Items = ReadonlyMap<string, string>;

/** The items of DynamoDB in lines of its database. */
export function itemsIn(lines: string): Items {
  const rows = lines
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { table?: string; row?: { pk?: string; sk?: string; item_json?: string } });
  return new Map(
    rows.flatMap(({ table, row: { pk, sk, item_json: item } = {} }) =>
      pk !== undefined && item !== undefined ? [[`${table} ${pk} ${sk}`, inOrder(item)] as const] : [],
    ),
  );
}

const inOrder = (item: string): string =>
  JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(item) as object).sort(([a], [b]) => (a < b ? -1 : 1))));
