import { type Query, type QueryClient, queryOptions, useQueries, useQueryClient } from '@tanstack/react-query';
import { useEffect, useLayoutEffect, useMemo } from 'react';
import { api } from '../api/client.ts';
import { answerOf } from '../api/failure.ts';
import { countOf, goesOn, type KnownPage, type KnownPages, pageAt, pagesNear, type SeenPlaces } from './known-pages.ts';
import { isFile, LIBRARY, type LibraryFile } from './library-queries.ts';
import { type ListedFiles, listedFiles, partOf } from './listed-files.ts';
import { useKnownPages } from './use-known-pages.ts';
import { listOf, type View } from './view.ts';

/** The files of a view, of which those near what is seen are at hand; the others are asked for when somebody comes near. */
export interface FileList {
  /** Files that are known of. */
  readonly count: number;
  /** Whether there are more than that. */
  readonly hasMore: boolean;
  /** Whether nothing has come yet. */
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
  /** Those at hand, in order; there may be gaps. */
  readonly atHand: readonly LibraryFile[];
  /** @returns undefined for one that is not at hand */
  readonly at: (position: number) => LibraryFile | undefined;
  /** From one position to another, both included; asks for what is not at hand. @throws Failure */
  readonly between: (from: number, to: number) => Promise<readonly LibraryFile[]>;
  /** Told where somebody looks. */
  readonly see: (seen: SeenPlaces) => void;
}

type Arrived = Awaited<ReturnType<typeof readPage>>;

const keyOf = (listed: ListedFiles) => [...LIBRARY, 'files', listed] as const;

const pageQuery = (listed: ListedFiles, from: string | undefined) =>
  queryOptions({
    queryKey: [...keyOf(listed), from ?? ''],
    queryFn: ({ signal }) => readPage(listed, from, signal),
  });

/** One part of a list. @throws Failure */
async function readPage(listed: ListedFiles, from: string | undefined, signal: AbortSignal) {
  const query = partOf(listed, from);
  const { data, response } = await answerOf(api.GET('/v1/files', { params: { query }, signal }));
  const files = data.filter(isFile);
  const fileIds = files.map(({ fileId }) => fileId);
  return { from, files, fileIds, next: response.headers.get('x-next-cursor') ?? undefined };
}

/** The files of a view. However far somebody scrolls, a few parts of it are kept. */
export function useFileList(view: View): FileList {
  const client = useQueryClient();
  const { pages, seen, note, see } = useKnownPages(listOf(view));
  const listed = useMemo(() => listedFiles(view), [view]);
  const wanted = useMemo(() => pagesNear(pages, seen).map((number) => pages[number] as KnownPage), [pages, seen]);
  const answers = useQueries({ queries: wanted.map(({ from }) => pageQuery(listed, from)) });
  const arrived = answers.flatMap(({ data }) => (data ? [data] : []));
  useLayoutEffect(() => note(arrived));
  useLettingGo(client, listed, wanted);
  const stamp = answers.map(({ dataUpdatedAt }, at) => `${wanted[at]?.from} ${dataUpdatedAt}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the stamp tells of the answers.
  const files = useMemo(() => filesOf(pages, arrived), [pages, stamp]);
  const atHand = useMemo(() => [...files.values()].flat(), [files]);
  const error = answers.find((answer) => answer.error)?.error ?? null;
  return {
    ...{ count: countOf(pages), hasMore: goesOn(pages), isPending: pages[0]?.length === undefined && !error, error },
    retry: () => void Promise.all(answers.filter((answer) => answer.error).map(({ refetch }) => refetch())),
    atHand,
    at: (position) => {
      const page = pages[pageAt(pages, position)];
      return page && files.get(page)?.[position - page.start];
    },
    between: async (from, to) => {
      const some = pages.slice(pageAt(pages, from), pageAt(pages, to) + 1);
      const read: LibraryFile[] = [];
      for (const page of some) {
        const { files: found } = await client.ensureQueryData(pageQuery(listed, page.from));
        read.push(...found.slice(0, page.length));
      }
      const start = some[0]?.start ?? 0;
      return read.slice(from - start, to - start + 1);
    },
    see,
  };
}

/** Of the parts that are at hand. What a part has beyond its length is the beginning of the next one. */
function filesOf(pages: KnownPages, arrived: readonly Arrived[]): ReadonlyMap<KnownPage, readonly LibraryFile[]> {
  const byPlace = new Map(arrived.map(({ from, files }) => [from, files]));
  return new Map(
    pages.flatMap((page) => {
      const files = byPlace.get(page.from);
      return files ? [[page, files.slice(0, page.length)]] : [];
    }),
  );
}

/** Forgets the files of parts that nobody looks at. Those of a list that is left stay for the way back. */
function useLettingGo(client: QueryClient, listed: ListedFiles, wanted: KnownPages): void {
  const places = wanted.map(({ from }) => from).join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever others are wanted.
  useEffect(() => {
    const isIdle = ({ state }: Query) => state.fetchStatus === 'idle';
    client.removeQueries({ queryKey: keyOf(listed), type: 'inactive', predicate: isIdle });
  }, [client, listed, places]);
}
