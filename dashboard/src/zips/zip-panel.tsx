import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import { dataOf } from '../api/failure.ts';
import { useText } from '../i18n/text.tsx';
import { failureWords } from '../shell/failure-words.ts';

/** Milliseconds between two looks at a job that runs. */
const LOOK = 1000;

/** Milliseconds after which the URL of a ZIP is asked for anew: it holds for an hour, the ZIP for a day. */
const URL_LIFE = 3_000_000;

/** A ZIP that is being written, or that is ready. */
export interface Zip {
  readonly jobId: string;
  /** How many files it is to have. */
  readonly files: number;
}

export interface ZipPanelProps {
  readonly zip: Zip;
  readonly close: () => void;
}

/** How far a ZIP is, what could not be put into it, and where it is. */
export default function ZipPanel({ zip, close }: ZipPanelProps) {
  const text = useText();
  const { zips } = text;
  const { data: job, error } = useQuery({
    queryKey: ['jobs', zip.jobId],
    queryFn: ({ signal }) =>
      dataOf(api.GET('/v1/bulkJobs/{jobId}', { params: { path: { jobId: zip.jobId } }, signal })),
    refetchInterval: ({ state }) => (state.data?.status === 'Completed' ? URL_LIFE : LOOK),
  });
  const { filesDone = 0, errors = [], downloadUrl } = job ?? {};
  const isReady = job?.status === 'Completed';
  return (
    <section className="queue" aria-label={zips.title}>
      <header>
        <strong role="status">{isReady ? zips.ready(filesDone) : zips.progress(filesDone, zip.files)}</strong>
        <button type="button" aria-label={zips.close} onClick={close}>
          ✕
        </button>
      </header>
      {!isReady && !error && <progress value={filesDone / zip.files} aria-label={zips.title} />}
      {error && <p className="queue-reason">{failureWords(error, text)}</p>}
      {errors.length > 0 && (
        <>
          <p className="queue-reason">{zips.leftOut(errors.length)}</p>
          <ul>
            {errors.map((path) => (
              <li key={path}>{path}</li>
            ))}
          </ul>
        </>
      )}
      {downloadUrl !== undefined && (
        <footer>
          <a className="queue-link" href={downloadUrl}>
            {zips.download}
          </a>
        </footer>
      )}
    </section>
  );
}
