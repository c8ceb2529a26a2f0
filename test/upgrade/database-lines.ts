import { DatabaseSync } from 'node:sqlite';

/** A line of a database as text: how a table or index is made, or a row of a table. */
type Line = { readonly sql: string } | { readonly table: string; readonly row: Readonly<Record<string, unknown>> };

/** SQLite's own table of counters: it is there as soon as a table counts, and cannot be made. */
const COUNTERS = 'sqlite_sequence';

/** A SQLite database as JSON Lines, so that a change of it can be read as text. @param file nobody may write it meanwhile */
export function linesOfDatabase(file: string): string {
  const database = new DatabaseSync(file);
  try {
    const made = database.prepare(
      "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type = 'index', name",
    );
    const parts = made.all() as { type: string; name: string; sql: string }[];
    const lines: Line[] = [versionOf(database)];
    lines.push(...parts.filter(({ name }) => name !== COUNTERS).map(({ sql }) => ({ sql })));
    for (const { name } of parts.filter(({ type }) => type === 'table')) lines.push(...rowsOf(database, name));
    return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  } finally {
    database.close();
  }
}

/** By which a program knows its own schema. */
function versionOf(database: DatabaseSync): Line {
  const version = database.prepare('PRAGMA user_version').get()?.user_version;
  return { sql: `PRAGMA user_version = ${version}` };
}

function rowsOf(database: DatabaseSync, table: string): Line[] {
  const rows = database.prepare(`SELECT * FROM "${table}"`).all();
  const bytes = rows.flatMap((row) => Object.values(row)).find((value) => value instanceof Uint8Array);
  if (bytes) throw new Error(`The table ${table} has bytes, which are no JSON.`);
  return rows.map((row) => ({ table, row: { ...row } }));
}

/** Makes a database of its lines. @param file not there yet */
export function writeDatabase(file: string, text: string): void {
  const database = new DatabaseSync(file);
  try {
    database.exec('BEGIN');
    for (const line of text.split('\n').filter(Boolean)) carryOut(database, JSON.parse(line) as Line);
    database.exec('COMMIT');
  } finally {
    database.close();
  }
}

function carryOut(database: DatabaseSync, line: Line): void {
  if ('sql' in line) {
    database.exec(line.sql);
    return;
  }
  const [names, values] = [Object.keys(line.row), Object.values(line.row)];
  // A counter is there from its table's first row on.
  if (line.table === COUNTERS) database.prepare(`DELETE FROM ${COUNTERS} WHERE name = ?`).run(line.row.name as string);
  const places = names.map(() => '?').join(', ');
  const columns = names.map((name) => `"${name}"`).join(', ');
  database
    .prepare(`INSERT INTO "${line.table}" (${columns}) VALUES (${places})`)
    .run(...(values as (string | number | null)[]));
}
