import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { LIBRARY } from '../browse/library-queries.ts';
import { readView } from '../browse/view.ts';
import { useText } from '../i18n/text.tsx';
import { filesIn } from './dropped-files.ts';
import { sendFile } from './send-file.ts';
import { UploadQueue } from './upload-queue.ts';

/** Milliseconds in which several files that arrive are one reason to ask the library anew. */
const TOGETHER = 500;

const Context = createContext<UploadQueue | undefined>(undefined);

export interface UploadProviderProps {
  /** Whether whoever is signed in may upload; it is known a moment after the page is there. */
  readonly isAllowed: boolean;
  readonly children: ReactNode;
}

/** Takes files that are dropped or pasted anywhere on the page. */
export function UploadProvider({ isAllowed, children }: UploadProviderProps) {
  const queue = useQueue();
  const uploads = useSyncExternalStore(queue.subscribe, queue.list);
  const isDraggedOver = useDropAnywhere(isAllowed ? queue : undefined);
  const isBusy = uploads.some(({ state }) => state === 'waiting' || state === 'sending');
  useEffect(() => (isBusy ? askBeforeLeaving() : undefined), [isBusy]);
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

function useQueue(): UploadQueue {
  const client = useQueryClient();
  const [queue] = useState(() => {
    let timer = 0;
    return new UploadQueue(sendFile, () => {
      clearTimeout(timer);
      timer = window.setTimeout(() => void client.invalidateQueries({ queryKey: LIBRARY }), TOGETHER);
    });
  });
  return queue;
}

/** The folder that is shown, or the library's own where none is. */
export const shownFolder = (): string => readView(location.search).path;

function useDropAnywhere(queue: UploadQueue | undefined): boolean {
  const [depth, setDepth] = useState(0);
  useEffect(() => {
    if (!queue) return;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const enter = (event: DragEvent) => hasFiles(event) && setDepth((before) => before + 1);
    const leave = (event: DragEvent) => hasFiles(event) && setDepth((before) => Math.max(0, before - 1));
    // Without it the browser would open the file in place of the page.
    const over = (event: DragEvent) => hasFiles(event) && event.preventDefault();
    const take = (transfer: DataTransfer) => void filesIn(transfer, shownFolder()).then((files) => queue.add(files));
    const drop = (event: DragEvent) => {
      if (!event.dataTransfer || !hasFiles(event)) return;
      event.preventDefault();
      setDepth(0);
      take(event.dataTransfer);
    };
    const paste = ({ clipboardData }: ClipboardEvent) => {
      if (clipboardData && clipboardData.files.length > 0) take(clipboardData);
    };
    const listeners = { dragenter: enter, dragleave: leave, dragover: over, drop, paste } as const;
    for (const [name, listener] of Object.entries(listeners))
      document.addEventListener(name, listener as EventListener);
    return () => {
      for (const [name, listener] of Object.entries(listeners))
        document.removeEventListener(name, listener as EventListener);
    };
  }, [queue]);
  return depth > 0;
}

function askBeforeLeaving(): () => void {
  const ask = (event: BeforeUnloadEvent) => event.preventDefault();
  addEventListener('beforeunload', ask);
  return () => removeEventListener('beforeunload', ask);
}
