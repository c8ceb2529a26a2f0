import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { keyOf, type RecordItem, toItem, toRecord } from '../../lambda/adapters/library-table/record-items.ts';
import { toEntry } from '../../lambda/core/library/files/file-steps.ts';
import type { FileHead } from '../../lambda/core/library/store/records.ts';
import { type Product, startProduct } from '../../test/product/product.ts';
import type { Report } from '../proof.ts';

/** Where the files lie, and of which picture of the samples each is one more. */
export const FOLDER = '/many';
const SAMPLE = '/samples/harbour.jpg';

/** A running product with a folder of many files. */
export interface ManyFiles extends AsyncDisposable {
  readonly product: Product;
}

/** Starts the product, writes files straight into its table while it is not running, and starts it again. */
export async function startWithManyFiles(count: number, report: Report): Promise<ManyFiles> {
  const state = mkdtempSync(join(tmpdir(), 'vitrine-grid-'));
  const start = () => startProduct({ args: [], environment: { VITRINE_STATE: state } });
  try {
    const before = await start();
    const ids = await prepare(before);
    await before.stop();
    writeFiles(join(state, 'data', 'dynamodb.sqlite'), ids, count);
    report(`${count} files written`);
    const product = await start();
    await untilQuiet(product, report);
    return {
      product,
      [Symbol.asyncDispose]: async () => {
        await product.stop();
        rmSync(state, { recursive: true });
      },
    };
  } catch (error) {
    rmSync(state, { recursive: true });
    throw error;
  }
}

interface Ids {
  readonly folderId: string;
  /** Of the sample that all are like. */
  readonly fileId: string;
}

async function prepare(product: Product): Promise<Ids> {
  const headers = { authorization: `Basic ${btoa(`${product.privateKey}:`)}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ folderName: FOLDER.slice(1), parentFolderPath: '/' });
  await fetch(`${product.api}/v1/folder`, { method: 'POST', headers, body });
  const list = async (query: string) =>
    (await (await fetch(`${product.api}/v1/files?${query}`, { headers })).json()) as Record<string, string>[];
  const folder = (await list('path=/&type=folder')).find(({ folderPath }) => folderPath === FOLDER);
  const file = (await list('path=/samples')).find(({ filePath }) => filePath === SAMPLE);
  return { folderId: folder?.folderId ?? '', fileId: file?.fileId ?? '' };
}

type Row = Record<'pk' | 'sk' | 'item_json', string> & { readonly item_size: number };

/** Rows of the database that the server of this machine keeps tables in: by its calls, 100,000 files take half an hour. */
function writeFiles(file: string, { folderId, fileId }: Ids, count: number): void {
  const database = new DatabaseSync(file);
  const { table, head } = findHead(database, fileId);
  const sample = toRecord('head', unmarshall(JSON.parse(head.item_json)));
  const add = database.prepare(`INSERT INTO "${table}" (pk, sk, item_json, item_size) VALUES (?, ?, ?, ?)`);
  const put = (item: RecordItem) => {
    const json = JSON.stringify(marshall(item, { removeUndefinedValues: true }));
    add.run(textKey(item.pk), textKey(item.sk), json, json.length);
  };
  database.exec('BEGIN');
  for (let number = 0; number < count; number++) {
    const next = headOf(sample, folderId, number);
    put(toItem('head', next));
    put(toItem('fileEntry', toEntry(next)));
  }
  database.exec('COMMIT');
  database.close();
}

/** Keys are kept with their type. */
const textKey = (text: unknown): string => `S:${text}`;

/** The table of the library is the one that has the sample's head. */
function findHead(database: DatabaseSync, assetId: string): { readonly table: string; readonly head: Row } {
  const tables = database.prepare('SELECT table_name AS name FROM _tables').all() as { name: string }[];
  const { pk, sk } = keyOf('head', { assetId });
  for (const { name } of tables) {
    const head = database.prepare(`SELECT * FROM "${name}" WHERE pk = ? AND sk = ?`).get(textKey(pk), textKey(sk)) as
      | Row
      | undefined;
    if (head) return { table: name, head };
  }
  throw new Error(`No table has the file ${assetId}.`);
}

function headOf(sample: FileHead, folderId: string, number: number): FileHead {
  const assetId = number.toString(16).padStart(24, '0');
  return { ...sample, assetId, folderId, name: nameOf(number) };
}

/** In the order of names. */
export const nameOf = (number: number): string => `photo ${String(number).padStart(7, '0')}.jpg`;

/** What a start does beside serving is not what is measured. */
async function untilQuiet(product: Product, report: Report): Promise<void> {
  for (let rounds = 0; rounds < 300; rounds++) {
    const before = product.processorMilliseconds();
    await pause(2000);
    const used = product.processorMilliseconds() - before;
    if (used < 200) return;
    report(`the product is still busy, ${used} ms of 2000`);
  }
}
