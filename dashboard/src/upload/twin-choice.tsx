import type { Catalogue } from '../i18n/en.ts';
import { useText } from '../i18n/text.tsx';
import { pathIn } from '../select/file-action.ts';
import type { Upload } from './upload.ts';
import type { UploadQueue } from './upload-queue.ts';

export interface TwinChoiceProps {
  readonly queue: UploadQueue;
  readonly upload: Upload;
}

/** Asks what becomes of a file that the library has already. */
export function TwinChoice({ queue, upload }: TwinChoiceProps) {
  const words = useText().upload;
  const { id, name, twins } = upload;
  return (
    <>
      <p className="queue-question">{twinWords(upload, words)}</p>
      <div className="queue-actions">
        <button type="button" aria-label={words.skip(name)} onClick={() => queue.skip(id)}>
          {words.skipShort}
        </button>
        {twins?.isNameTaken && (
          <button type="button" aria-label={words.version(name)} onClick={() => queue.decide(id, 'version')}>
            {words.versionShort}
          </button>
        )}
        <button type="button" aria-label={words.both(name)} onClick={() => queue.decide(id, 'both')}>
          {words.bothShort}
        </button>
      </div>
    </>
  );
}

function twinWords({ twins, folder, name }: Upload, words: Catalogue['upload']): string {
  const { isNameTaken = false, sameBytes = [] } = twins ?? {};
  const [first = ''] = sameBytes;
  if (sameBytes.includes(pathIn(folder, name))) return words.sameFile;
  return isNameTaken ? words.sameName : words.sameBytes(first);
}
