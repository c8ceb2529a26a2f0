import { useSyncExternalStore } from 'react';
import { useText } from '../i18n/text.tsx';
import { failureWords } from '../shell/failure-words.ts';
import { useUploadQueue } from './upload-provider.tsx';
import type { Upload, UploadQueue } from './upload-queue.ts';

/** Lines that are drawn; of more, those that need somebody come first. */
const SHOWN = 50;

const ORDER: Readonly<Record<Upload['state'], number>> = { failed: 0, sending: 1, waiting: 2, cancelled: 3, done: 4 };

/** What becomes of the files that are uploaded. */
export function UploadPanel() {
  const queue = useUploadQueue();
  return queue && <QueuePanel queue={queue} />;
}

function QueuePanel({ queue }: { readonly queue: UploadQueue }) {
  const { upload } = useText();
  const uploads = useSyncExternalStore(queue.subscribe, queue.list);
  if (uploads.length === 0) return null;
  const done = uploads.filter(({ state }) => state === 'done').length;
  const isBusy = uploads.some(({ state }) => state === 'waiting' || state === 'sending');
  const shown = uploads.toSorted((one, other) => ORDER[one.state] - ORDER[other.state]).slice(0, SHOWN);
  return (
    <section className="queue" aria-label={upload.queue}>
      <header>
        <strong role="status">{upload.summary(done, uploads.length)}</strong>
        {!isBusy && (
          <button type="button" onClick={() => queue.clear()}>
            {upload.clear}
          </button>
        )}
      </header>
      <ul>
        {shown.map((one) => (
          <QueueLine key={one.id} queue={queue} upload={one} />
        ))}
      </ul>
    </section>
  );
}

function QueueLine({ queue, upload }: { readonly queue: UploadQueue; readonly upload: Upload }) {
  const text = useText();
  const { id, file, state, sent, reason } = upload;
  const words = text.upload;
  const share = file.size === 0 ? 1 : sent / file.size;
  const canRetry = state === 'failed' || state === 'cancelled';
  return (
    <li>
      <div className="queue-line">
        <span className="queue-name">{file.name}</span>
        <span className="quiet">
          {state === 'sending' ? words.sending(Math.round(share * 100)) : words.states[state]}
        </span>
        {(state === 'waiting' || state === 'sending') && (
          <button type="button" aria-label={words.cancel(file.name)} onClick={() => queue.cancel(id)}>
            ✕
          </button>
        )}
        {canRetry && (
          <button type="button" aria-label={words.retry(file.name)} onClick={() => queue.retry(id)}>
            {text.retry}
          </button>
        )}
      </div>
      {state === 'sending' && <progress value={share} aria-label={file.name} />}
      {state === 'failed' && <p className="queue-reason">{failureWords(reason, text)}</p>}
    </li>
  );
}
