import { useEffect, useState } from 'react';
import { filesIn } from './dropped-files.ts';
import type { UploadQueue } from './upload-queue.ts';

/** Takes files that are dropped or pasted anywhere on the page. @returns whether some are held over it */
export function useDropAnywhere(queue: UploadQueue | undefined, folder: () => string): boolean {
  const [depth, setDepth] = useState(0);
  useEffect(() => {
    if (!queue) return;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const enter = (event: DragEvent) => hasFiles(event) && setDepth((before) => before + 1);
    const leave = (event: DragEvent) => hasFiles(event) && setDepth((before) => Math.max(0, before - 1));
    // Without it the browser would open the file in place of the page.
    const over = (event: DragEvent) => hasFiles(event) && event.preventDefault();
    const take = (transfer: DataTransfer) => void filesIn(transfer, folder()).then((files) => queue.add(files));
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
  }, [queue, folder]);
  return depth > 0;
}
