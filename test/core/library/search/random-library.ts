import * as fc from 'fast-check';
import { toItem } from '../../../../lambda/adapters/library-table/record-items.ts';
import type { tableRequests } from '../../../../lambda/adapters/library-table/table-requests.ts';
import { toEntry } from '../../../../lambda/core/library/files/file-steps.ts';
import { termsOf } from '../../../../lambda/core/library/search/index-terms.ts';
import type { LocatedDocument } from '../../../../lambda/core/library/search/search-document.ts';
import { fileDocument, folderDocument } from '../../../../lambda/core/library/search/search-document.ts';
import type { TermStore } from '../../../../lambda/core/library/search/update-index.ts';
import type { FileHead, FolderEntry, FolderNode } from '../../../../lambda/core/library/store/records.ts';
import { ROOT_FOLDER } from '../../../../lambda/core/library/store/records.ts';
import { someMoment, someText, TEST_FOLDERS, TEST_WORDS } from './arbitrary-query.ts';

type Requests = ReturnType<typeof tableRequests>;
type Terms = Pick<TermStore, 'addTerms'>;

/** What was written, as a search that reads all of it would see it. */
export interface RandomLibrary {
  readonly heads: readonly FileHead[];
  readonly documents: readonly LocatedDocument[];
}

const id = (number: number): string => number.toString(16).padStart(24, '0');

/** Folder ids by their paths. */
const FOLDERS = new Map<string, string>(
  TEST_FOLDERS.map((path, index) => [path, path === '/' ? ROOT_FOLDER : id(0xf0000 + index)]),
);

const iso = someMoment.map((at) => new Date(at).toISOString());
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });

const someFile = fc.record({
  name: fc.tuple(someText, fc.constantFrom('jpg', 'png', 'txt', 'css', 'svg')),
  folder: fc.constantFrom(...TEST_FOLDERS),
  content: fc.constantFrom(
    { contentType: 'image/jpeg', fileType: 'image', width: 800, height: 600 } as const,
    { contentType: 'image/png', fileType: 'image', width: 7, height: 9 } as const,
    { contentType: 'image/svg+xml', fileType: 'image' } as const,
    { contentType: 'text/plain', fileType: 'non-image' } as const,
  ),
  size: fc.nat(5000),
  tags: maybe(fc.uniqueArray(fc.constantFrom(...TEST_WORDS), { minLength: 1, maxLength: 4 })),
  description: maybe(someText),
  createdBy: fc.constantFrom('coat', 'ann@example.com', 'private-key'),
  createdAt: iso,
  updatedAt: iso,
  isPrivate: fc.boolean(),
  isPublished: fc.boolean(),
  state: fc.constantFrom('live', 'live', 'live', 'live', 'trash' as const),
  customMetadata: maybe(
    fc.record(
      {
        note: someText,
        stock: fc.integer({ min: -5, max: 5 }),
        sold: fc.boolean(),
        colour: fc.constantFrom('red', 'blue', 7, true),
        sizes: fc.uniqueArray(fc.constantFrom('red', 'blue', 7, true), { minLength: 1 }),
      },
      { requiredKeys: [] },
    ),
  ),
});

function toHead(number: number, file: typeof someFile extends fc.Arbitrary<infer T> ? T : never): FileHead {
  const { name, folder, content, tags, description, customMetadata, ...others } = file;
  const assetId = id(number);
  return {
    ...{ ...content, ...others, assetId, versionId: assetId, objectKey: `media/${assetId}` },
    ...{ revision: 1, folderId: FOLDERS.get(folder) as string, name: `${number} ${name[0]}.${name[1]}` },
    ...{ versionNumber: 1, lastNumber: 1, versionCount: 1, histories: [{ id: assetId, offset: 0 }], updatedBy: 'x' },
    ...(tags && { tags }),
    ...(description !== undefined && { description }),
    ...(customMetadata && { customMetadata }),
  };
}

/** Writes so many random files straight into the tables of a library that has no folders yet. */
export async function writeRandomLibrary(
  table: Requests,
  terms: Terms,
  count: number,
  seed: number,
): Promise<RandomLibrary> {
  const files = fc.sample(someFile, { numRuns: count, seed });
  const heads = files.map((file, number) => toHead(number, file));
  const nodes = await writeFolders(table);
  await table.putAll(heads.map((head) => toItem('head', head)));
  const live = heads.filter(({ state }) => state === 'live');
  await table.putAll(live.map((head) => toItem('fileEntry', toEntry(head))));
  await Promise.all(live.map((head) => terms.addTerms(head.assetId, termsOf(fileDocument(head)))));
  const paths = new Map([...FOLDERS].map(([path, folderId]) => [folderId, path]));
  const documents = [...live.map(fileDocument), ...nodes.map(folderDocument)].map((document) => ({
    ...document,
    folderPath: paths.get(document.folderId) as string,
  }));
  return { heads, documents };
}

async function writeFolders(table: Requests): Promise<FolderNode[]> {
  const at = '2026-01-02T03:04:05.000Z';
  const nodes = [...FOLDERS].slice(1).map(([path, folderId]): FolderNode => {
    const slash = path.lastIndexOf('/');
    const parentId = FOLDERS.get(path.slice(0, slash) || '/') as string;
    return {
      folderId,
      parentId,
      name: path.slice(slash + 1),
      isPrivate: false,
      revision: 1,
      state: 'live',
      createdAt: at,
      updatedAt: at,
    };
  });
  const entries = nodes.map(
    ({ parentId, name, folderId, isPrivate }): FolderEntry => ({ parentId, name, folderId, isPrivate }),
  );
  await table.putAll([
    ...nodes.map((node) => toItem('folderNode', node)),
    ...entries.map((entry) => toItem('folderEntry', entry)),
  ]);
  return nodes;
}
