import { useText } from '../i18n/text.tsx';
import type { Choice, Upload } from './upload.ts';
import type { UploadQueue } from './upload-queue.ts';

export interface TwinsOfAllProps {
  readonly queue: UploadQueue;
  readonly asking: readonly Upload[];
}

/** Answers for all files that the library has already at once. */
export function TwinsOfAll({ queue, asking }: TwinsOfAllProps) {
  const words = useText().upload;
  if (asking.length < 2) return null;
  // Where no file of that name is in the folder, there is nothing to be a version of.
  const decide = (choice: Choice) => {
    for (const { id, twins } of asking) queue.decide(id, twins?.isNameTaken ? choice : 'both');
  };
  return (
    <fieldset className="queue-actions">
      <legend>{words.askingAll(asking.length)}</legend>
      <button type="button" onClick={() => queue.skip(...asking.map(({ id }) => id))}>
        {words.skipAll}
      </button>
      {asking.some(({ twins }) => twins?.isNameTaken) && (
        <button type="button" onClick={() => decide('version')}>
          {words.versionAll}
        </button>
      )}
      <button type="button" onClick={() => decide('both')}>
        {words.bothAll}
      </button>
    </fieldset>
  );
}
