import Button from '@cloudscape-design/components/button';
import { formatBytes, formatMoment } from '../i18n/format.ts';
import { useTexts } from '../i18n/text.tsx';
import { useMay } from '../session/session.ts';
import { failureWords } from '../shell/failure-words.ts';
import { useNotices } from '../shell/notices.tsx';
import { type FileDetails, useRestoreVersion, useVersions } from './file-queries.ts';

/** The versions of a file, the current one first. An earlier one can be the current one again. */
export function Versions({ file }: { readonly file: FileDetails }) {
  const { text, locale } = useTexts();
  const { asset } = text;
  const may = useMay();
  const tell = useNotices();
  const { data: versions } = useVersions(file.fileId);
  const restoring = useRestoreVersion(file.fileId);
  const restore = (id: string, name: string) =>
    restoring.mutate(id, {
      onSuccess: () => tell({ kind: 'done', message: asset.restored(name) }),
      onError: (error) => tell({ kind: 'failed', message: failureWords(error, text) }),
    });
  return (
    <section aria-labelledby="versions">
      <h2 id="versions">{asset.versions}</h2>
      <ol className="versions">
        {versions?.map(({ type, versionInfo: { id, name }, createdAt, size }) => (
          <li key={id}>
            <div>
              <strong>{name}</strong> {type === 'file' && <span className="badge">{asset.current}</span>}
              <br />
              <span className="quiet">
                {formatMoment(createdAt, locale)} · {formatBytes(size, locale)}
              </span>
            </div>
            {type === 'file-version' && may('files.restore') && (
              <Button ariaLabel={asset.restore(name)} loading={restoring.isPending} onClick={() => restore(id, name)}>
                {text.trash.restoreShort}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
