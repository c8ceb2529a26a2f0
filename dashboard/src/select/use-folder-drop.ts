import { type DragEvent, useState } from 'react';
import { useText } from '../i18n/text.tsx';
import { useMay } from '../session/session.ts';
import { draggedFiles, hasDraggedFiles } from './dragged-files.ts';
import { moveTo } from './move-action.ts';
import { useFileAction } from './use-file-action.ts';

/** Lets files be dropped on a folder, which moves them there. @param path of the folder */
export function useFolderDrop(path: string) {
  const text = useText();
  const may = useMay();
  const run = useFileAction();
  const [isOver, setIsOver] = useState(false);
  if (!may('files.move')) return {};
  return {
    'data-drop': isOver || undefined,
    onDragOver: (event: DragEvent) => {
      if (!hasDraggedFiles(event.dataTransfer)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'move';
      setIsOver(true);
    },
    onDragLeave: () => setIsOver(false),
    onDrop: (event: DragEvent) => {
      if (!hasDraggedFiles(event.dataTransfer)) return;
      event.preventDefault();
      setIsOver(false);
      void run(moveTo(text, path), draggedFiles());
    },
  };
}
