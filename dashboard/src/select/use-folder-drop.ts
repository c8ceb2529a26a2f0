import { type DragEvent, useState } from 'react';
import { useText } from '../i18n/text.tsx';
import { useMay } from '../session/session.ts';
import { draggedFiles, hasDraggedFiles } from './dragged-files.ts';
import { dragFolder, draggedFolder } from './dragged-folder.ts';
import { moveTo } from './move-action.ts';
import { useFileAction } from './use-file-action.ts';
import { canMoveFolder, useMoveFolder } from './use-move-folder.ts';

/** Lets files and folders be dropped on a folder, which moves them there. @param path of the folder */
export function useFolderDrop(path: string) {
  const text = useText();
  const may = useMay();
  const run = useFileAction();
  const moveFolder = useMoveFolder();
  const [isOver, setIsOver] = useState(false);
  const takes = ({ dataTransfer }: DragEvent): boolean => {
    const folder = draggedFolder(dataTransfer);
    if (folder !== undefined) return may('folders.move') && canMoveFolder(folder, path);
    return may('files.move') && hasDraggedFiles(dataTransfer);
  };
  return {
    'data-drop': isOver || undefined,
    onDragOver: (event: DragEvent) => {
      if (!takes(event)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'move';
      setIsOver(true);
    },
    onDragLeave: () => setIsOver(false),
    onDrop: (event: DragEvent) => {
      setIsOver(false);
      if (!takes(event)) return;
      event.preventDefault();
      const folder = draggedFolder(event.dataTransfer);
      void (folder === undefined ? run(moveTo(text, path), draggedFiles()) : moveFolder(folder, path));
    },
  };
}

/** Lets a folder be dragged. @param path of the folder */
export function useFolderDrag(path: string) {
  const may = useMay();
  if (!may('folders.move')) return { draggable: false };
  return { draggable: true, onDragStart: ({ dataTransfer }: DragEvent) => dragFolder(dataTransfer, path) };
}
