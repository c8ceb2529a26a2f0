import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../temporary-folders.ts';
import { linesOfDatabase, writeDatabase } from './database-lines.ts';

const SCHEMA = `
  PRAGMA user_version = 7;
  CREATE TABLE "a::b" (id INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT, share REAL, bytes BLOB);
  CREATE UNIQUE INDEX one ON "a::b" (text);
`;

function database(file: string, sql: string): void {
  const made = new DatabaseSync(file);
  made.exec(sql);
  made.close();
}

it('a database that is made of its lines has the same lines, and counts on', () => {
  const folder = temporaryFolder('lines');
  const [first, second] = [join(folder, 'first.db'), join(folder, 'second.db')];
  database(first, `${SCHEMA} INSERT INTO "a::b" (text, share) VALUES ('gone', 1), ('é "', 0.5), (NULL, NULL)`);
  database(first, `DELETE FROM "a::b" WHERE text = 'gone'`);

  const lines = linesOfDatabase(first);
  writeDatabase(second, lines);

  expect(lines).toContain('PRAGMA user_version = 7');
  expect(lines).toContain('{"table":"a::b","row":{"id":2,"text":"é \\"","share":0.5,"bytes":null}}');
  expect(linesOfDatabase(second)).toBe(lines);
  database(second, `INSERT INTO "a::b" (text) VALUES ('next')`);
  expect(linesOfDatabase(second)).toContain('"id":4,"text":"next"');
});

it('bytes are refused, because lines cannot hold them', () => {
  const file = join(temporaryFolder('lines'), 'bytes.db');
  database(file, `${SCHEMA} INSERT INTO "a::b" (bytes) VALUES (x'00ff')`);

  expect(() => linesOfDatabase(file)).toThrow('The table a::b has bytes');
});
