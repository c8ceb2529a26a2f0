import { lazy, Suspense, useState, useSyncExternalStore } from 'react';
import { formatBytes } from '../i18n/format.ts';
import { useTexts } from '../i18n/text.tsx';
import { useMay } from '../session/session.ts';
import { QueueLine } from './queue-line.tsx';
import { TwinsOfAll } from './twins-of-all.tsx';
import { isUnderWay, type Upload } from './upload.ts';
import { useUploadQueue } from './upload-provider.tsx';
import type { UploadQueue } from './upload-queue.ts';
import { useSpeed } from './use-speed.ts';

const UploadDetailsDialog = lazy(() => import('./upload-details-dialog.tsx'));

/** Lines that are drawn; of more, those that need somebody come first. */
const SHOWN = 50;

const ORDER: Readonly<Record<Upload['state'], number>> = {
  ...{ asking: 0, lost: 0, failed: 1, sending: 2, paused: 3, waiting: 4, cancelled: 5, skipped: 5, done: 6 },
};

/** What becomes of the files that are uploaded. */
export function UploadPanel() {
  const queue = useUploadQueue();
  return queue && <QueuePanel queue={queue} />;
}

function QueuePanel({ queue }: { readonly queue: UploadQueue }) {
  const { text } = useTexts();
  const { upload } = text;
  const may = useMay();
  const uploads = useSyncExternalStore(queue.subscribe, queue.list);
  const [asksDetails, setAsksDetails] = useState(false);
  if (uploads.length === 0) return null;
  const ofState = (...states: Upload['state'][]) => uploads.filter(({ state }) => states.includes(state));
  const running = ofState('sending', 'waiting');
  const paused = ofState('paused');
  const shown = uploads.toSorted((one, other) => ORDER[one.state] - ORDER[other.state]).slice(0, SHOWN);
  return (
    <section className="queue" aria-label={upload.queue}>
      <header className="queue-head">
        <strong role="status">{upload.summary(ofState('done').length, uploads.length)}</strong>
        <Progress uploads={uploads} isSending={running.length > 0} />
        <div className="queue-actions">
          {running.length > 0 && (
            <button type="button" onClick={() => queue.pause(...running.map(({ id }) => id))}>
              {upload.pauseAll}
            </button>
          )}
          {paused.length > 0 && (
            <button type="button" onClick={() => queue.goOn(...paused.map(({ id }) => id))}>
              {upload.goOnAll}
            </button>
          )}
          {may('files.update') && (
            <button type="button" onClick={() => setAsksDetails(true)}>
              {upload.details}
            </button>
          )}
          {uploads.some((one) => !isUnderWay(one)) && (
            <button type="button" onClick={() => queue.clear()}>
              {upload.clear}
            </button>
          )}
        </div>
        <TwinsOfAll queue={queue} asking={ofState('asking')} />
      </header>
      <ul>
        {shown.map((one) => (
          <QueueLine key={one.id} queue={queue} upload={one} />
        ))}
      </ul>
      {asksDetails && (
        <Suspense>
          <UploadDetailsDialog queue={queue} close={() => setAsksDetails(false)} />
        </Suspense>
      )}
    </section>
  );
}

interface ProgressProps {
  readonly uploads: readonly Upload[];
  readonly isSending: boolean;
}

/** How far all of them are together, and how fast. */
function Progress({ uploads, isSending }: ProgressProps) {
  const { text, locale } = useTexts();
  const counted = uploads.filter(({ state }) => state !== 'cancelled' && state !== 'skipped');
  const sent = counted.reduce((sum, one) => sum + one.sent, 0);
  const all = counted.reduce((sum, { size }) => sum + (size ?? 0), 0);
  const speed = useSpeed(sent, isSending);
  if (!isSending || all === 0) return null;
  return (
    <>
      <progress value={sent / all} aria-label={text.upload.queue} />
      <span className="quiet">
        {text.upload.far(formatBytes(sent, locale), formatBytes(all, locale))}
        {speed !== undefined && ` · ${text.upload.speed(formatBytes(speed, locale))}`}
      </span>
    </>
  );
}
