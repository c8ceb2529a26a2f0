import type { Catalogue } from '../i18n/en.ts';
import { useText } from '../i18n/text.tsx';
import { failureWords } from '../shell/failure-words.ts';
import { TwinChoice } from './twin-choice.tsx';
import type { Upload } from './upload.ts';
import type { UploadQueue } from './upload-queue.ts';

export interface QueueLineProps {
  readonly queue: UploadQueue;
  readonly upload: Upload;
}

/** One file: how far it is, and what can be done with it. */
export function QueueLine({ queue, upload }: QueueLineProps) {
  const text = useText();
  const { id, name, state, reason } = upload;
  const words = text.upload;
  const share = shareOf(upload);
  const isRunning = state === 'waiting' || state === 'sending';
  return (
    <li>
      <div className="queue-line">
        <span className="queue-name" title={name}>
          {name}
        </span>
        <span className="quiet">
          {state === 'sending' && share !== undefined ? words.sending(Math.round(share * 100)) : words.states[state]}
        </span>
        {isRunning && (
          <button type="button" aria-label={words.pause(name)} onClick={() => queue.pause(id)}>
            ❙❙
          </button>
        )}
        {(isRunning || state === 'paused' || state === 'lost') && (
          <button type="button" aria-label={words.cancel(name)} onClick={() => queue.cancel(id)}>
            ✕
          </button>
        )}
        <GoOn upload={upload} words={text} goOn={() => queue.goOn(id)} />
      </div>
      {state === 'sending' && <progress value={share} aria-label={name} />}
      {state === 'failed' && <p className="queue-reason">{failureWords(reason, text)}</p>}
      {state === 'lost' && <p className="queue-reason">{words.lostHint}</p>}
      {state === 'asking' && <TwinChoice queue={queue} upload={upload} />}
    </li>
  );
}

interface GoOnProps {
  readonly upload: Upload;
  readonly words: Catalogue;
  readonly goOn: () => void;
}

/** Sends what stands still. */
function GoOn({ upload: { name, state }, words, goOn }: GoOnProps) {
  if (state === 'paused')
    return (
      <button type="button" aria-label={words.upload.goOn(name)} onClick={goOn}>
        {words.upload.goOnAll}
      </button>
    );
  if (state !== 'failed' && state !== 'cancelled') return null;
  return (
    <button type="button" aria-label={words.upload.retry(name)} onClick={goOn}>
      {words.retry}
    </button>
  );
}

/** From 0 to 1; undefined where nobody knows the size. */
const shareOf = ({ size, sent }: Upload): number | undefined =>
  size === undefined ? undefined : size === 0 ? 1 : sent / size;
