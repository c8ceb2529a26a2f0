import { Link } from 'wouter';
import { viewAddress } from '../browse/view.ts';
import { formatBytes, formatMoment } from '../i18n/format.ts';
import { useTexts } from '../i18n/text.tsx';
import type { FileDetails } from './file-queries.ts';

/** What is known of a file and nobody writes. */
export function FileFacts({ file }: { readonly file: FileDetails }) {
  const { text, locale } = useTexts();
  const { asset, browse } = text;
  const folder = file.filePath.slice(0, file.filePath.lastIndexOf('/')) || '/';
  return (
    <dl className="facts">
      <dt>{asset.folder}</dt>
      <dd>
        <Link href={viewAddress({ path: folder })}>{folder}</Link>
      </dd>
      <dt>{browse.type}</dt>
      <dd>{file.mime}</dd>
      {file.width !== undefined && file.height !== undefined && (
        <>
          <dt>{asset.dimensions}</dt>
          <dd>{asset.pixels(file.width, file.height)}</dd>
        </>
      )}
      <dt>{browse.size}</dt>
      <dd>{formatBytes(file.size, locale)}</dd>
      <dt>{asset.created}</dt>
      <dd>{formatMoment(file.createdAt, locale)}</dd>
      <dt>{browse.changed}</dt>
      <dd>{formatMoment(file.updatedAt, locale)}</dd>
      {file.atOrigin && (
        <>
          <dt>{asset.storedAt}</dt>
          <dd>{asset.atOrigin(file.atOrigin.key)}</dd>
          {file.atOrigin.goneSince && <dd>{asset.goneSince(formatMoment(file.atOrigin.goneSince, locale))}</dd>}
        </>
      )}
      {file.referenceCount !== undefined && (
        <>
          <dt>{asset.used}</dt>
          <dd>{asset.usedIn(file.referenceCount)}</dd>
        </>
      )}
    </dl>
  );
}
