import type { DynamoDBClient, ServiceInputTypes, ServiceOutputTypes } from '@aws-sdk/client-dynamodb';
import type { InitializeHandler, InitializeHandlerOutput } from '@smithy/types';
import type { SearchDocument } from '../../lambda/core/library/search/search-document.ts';
import type { SearchIndex } from '../../lambda/core/library/search/search-index.ts';

const READS = new Set(['GetItemCommand', 'BatchGetItemCommand', 'QueryCommand', 'ScanCommand']);

/**
 * Lets a client ask the server once for each read: for a table that stands still while thousands of searches read all of it.
 * Answers are frozen, so that no search can change what the next one is given.
 */
export function rememberReads(client: DynamoDBClient): void {
  const known = new Map<string, Promise<InitializeHandlerOutput<ServiceOutputTypes>>>();
  client.middlewareStack.add(
    (next: InitializeHandler<ServiceInputTypes, ServiceOutputTypes>, { commandName = '' }) =>
      async (args) => {
        if (!READS.has(commandName)) return next(args);
        const read = `${commandName} ${JSON.stringify(args.input)}`;
        const answer = known.get(read) ?? next(args).then(withFrozenOutput);
        known.set(read, answer);
        return answer;
      },
    { step: 'initialize', priority: 'high', name: 'rememberReads' },
  );
}

/** The answer of HTTP beside it holds a socket, which lives on. */
const withFrozenOutput = <T>({ output, response }: { output: T; response: unknown }) => ({
  output: frozen(output),
  response,
});

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  for (const member of Object.values(value)) frozen(member);
  return Object.freeze(value);
}

/** Reads all documents once, for the same reason. */
export function rememberDocuments<Index extends Pick<SearchIndex, 'documents'>>(index: Index): Index {
  let known: Promise<readonly (readonly SearchDocument[])[]> | undefined;
  return {
    ...index,
    async *documents() {
      known ??= frozenPages(index);
      for (const page of await known) yield page;
    },
  };
}

async function frozenPages(index: Pick<SearchIndex, 'documents'>): Promise<readonly (readonly SearchDocument[])[]> {
  const pages: (readonly SearchDocument[])[] = [];
  for await (const page of index.documents()) pages.push(frozen(page));
  return pages;
}
