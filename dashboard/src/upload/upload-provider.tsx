import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { Failure } from '../api/failure.ts';
import { LIBRARY } from '../browse/library-queries.ts';
import { readView } from '../browse/view.ts';
import { useText } from '../i18n/text.tsx';
import { onSignOut } from '../session/on-sign-out.ts';
import { useMe } from '../session/session.ts';
import { useDropAnywhere } from './drop-anywhere.ts';
import { forgetKeptUploads, KeptUploads } from './kept-uploads.ts';
import { uploadCalls } from './upload-calls.ts';
import { UploadQueue } from './upload-queue.ts';

/** Milliseconds in which several files that arrive are one reason to ask the library anew. */
const TOGETHER = 500;

const Context = createContext<UploadQueue | undefined>(undefined);

export interface UploadProviderProps {
  /** Whether whoever is signed in may upload; it is known a moment after the page is there. */
  readonly isAllowed: boolean;
  readonly children: ReactNode;
}

/** Takes files that are dropped or pasted anywhere on the page, and goes on with those of a page that was left. */
export function UploadProvider({ isAllowed, children }: UploadProviderProps) {
  const client = useQueryClient();
  const [queue] = useState(() => queueOf(client));
  const uploads = useSyncExternalStore(queue.subscribe, queue.list);
  const isDraggedOver = useDropAnywhere(isAllowed ? queue : undefined, shownFolder);
  const isBusy = uploads.some(({ state }) => state === 'waiting' || state === 'sending');
  const { data: me } = useMe();
  const personId = isAllowed ? me?.id : undefined;
  useEffect(() => (isBusy ? askBeforeLeaving() : undefined), [isBusy]);
  useEffect(() => (personId === undefined ? undefined : outlivePages(queue, personId)), [queue, personId]);
  useEffect(() => goOnWhenOnline(queue), [queue]);
  const { upload } = useText();
  return (
    <Context value={isAllowed ? queue : undefined}>
      {children}
      {isDraggedOver && <div className="drop-hint">{upload.drop}</div>}
    </Context>
  );
}

/** The page's uploads. @returns undefined when whoever is signed in may not upload */
export const useUploadQueue = (): UploadQueue | undefined => useContext(Context);

/** The folder that is shown, or the library's own where none is. */
export const shownFolder = (): string => readView(location.search).path;

function queueOf(client: QueryClient): UploadQueue {
  let timer = 0;
  const arrived = () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void client.invalidateQueries({ queryKey: LIBRARY }), TOGETHER);
  };
  return new UploadQueue(uploadCalls(arrived));
}

/** Takes over what was left, and keeps what is to come. @returns what ends it */
function outlivePages(queue: UploadQueue, personId: string): () => void {
  const kept = new KeptUploads(personId);
  let known = queue.list();
  kept.follow([], known);
  const end = queue.subscribe(() => {
    kept.follow(known, queue.list());
    known = queue.list();
  });
  onSignOut(async () => {
    end();
    await forgetKeptUploads();
  });
  // Where the browser keeps nothing, there is nothing to go on with.
  void kept.claim().then(
    (left) => queue.restore(left),
    () => undefined,
  );
  return end;
}

/** What failed because nobody answered is tried again when the network is back. */
function goOnWhenOnline(queue: UploadQueue): () => void {
  const goOn = () => {
    for (const { id, state, reason } of queue.list())
      if (state === 'failed' && reason instanceof Failure && reason.status === 0) queue.goOn(id);
  };
  addEventListener('online', goOn);
  return () => removeEventListener('online', goOn);
}

function askBeforeLeaving(): () => void {
  const ask = (event: BeforeUnloadEvent) => event.preventDefault();
  addEventListener('beforeunload', ask);
  return () => removeEventListener('beforeunload', ask);
}
