import Button from '@cloudscape-design/components/button';
import { lazy, Suspense, useState } from 'react';
import { formatBytes, formatMoment } from '../i18n/format.ts';
import { useTexts } from '../i18n/text.tsx';
import { useMay } from '../session/session.ts';
import { failureWords } from '../shell/failure-words.ts';
import { useNotices } from '../shell/notices.tsx';
import { type FileDetails, type FileVersion, useRestoreVersion, useVersions } from './file-queries.ts';

const CompareDialog = lazy(() => import('./compare-dialog.tsx'));

/** The versions of a file, the current one first. An earlier one can be compared with it, and be the current one again. */
export function Versions({ file }: { readonly file: FileDetails }) {
  const { text } = useTexts();
  const { asset } = text;
  const may = useMay();
  const { data: versions } = useVersions(file.fileId);
  const [compared, setCompared] = useState<FileVersion>();
  return (
    <section aria-labelledby="versions">
      <h2 id="versions">{asset.versions}</h2>
      <ol className="versions">
        {versions?.map((version) => (
          <VersionLine
            key={version.versionInfo.id}
            version={version}
            compare={canCompare(file, version, may('files.sign')) ? () => setCompared(version) : undefined}
          />
        ))}
      </ol>
      {compared && (
        <Suspense>
          <CompareDialog file={file} earlier={compared} close={() => setCompared(undefined)} />
        </Suspense>
      )}
    </section>
  );
}

/** Whether both are pictures that may be seen. */
const canCompare = (file: FileDetails, version: FileVersion, maySign: boolean): boolean =>
  version.type === 'file-version' &&
  (file.reachableBy === 'everyone' || (file.reachableBy === 'signed-url' && maySign)) &&
  file.fileType === 'image' &&
  version.fileType === 'image';

interface VersionLineProps {
  readonly version: FileVersion;
  /** @default there is nothing to compare it with */
  readonly compare: (() => void) | undefined;
}

function VersionLine({ version, compare }: VersionLineProps) {
  const { text, locale } = useTexts();
  const { asset } = text;
  const may = useMay();
  const tell = useNotices();
  const { fileId, type, versionInfo, createdAt, size } = version;
  const { id, name } = versionInfo;
  const restoring = useRestoreVersion(fileId);
  const restore = () =>
    restoring.mutate(id, {
      onSuccess: () => tell({ kind: 'done', message: asset.restored(name) }),
      onError: (error) => tell({ kind: 'failed', message: failureWords(error, text) }),
    });
  return (
    <li>
      <div>
        <strong>{name}</strong> {type === 'file' && <span className="badge">{asset.current}</span>}
        <br />
        <span className="quiet">
          {formatMoment(createdAt, locale)} · {formatBytes(size, locale)}
        </span>
      </div>
      <div className="actions">
        {compare && (
          <Button ariaLabel={asset.compare(name)} onClick={compare}>
            {asset.compareShort}
          </Button>
        )}
        {type === 'file-version' && may('files.restore') && (
          <Button ariaLabel={asset.restore(name)} loading={restoring.isPending} onClick={restore}>
            {text.trash.restoreShort}
          </Button>
        )}
      </div>
    </li>
  );
}
