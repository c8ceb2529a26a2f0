import Button from '@cloudscape-design/components/button';
import { Link, useLocation } from 'wouter';
import { viewAddress } from '../browse/view.ts';
import { useText } from '../i18n/text.tsx';
import { useTrashing } from '../select/file-actions.ts';
import { useMay } from '../session/session.ts';
import { FailurePage } from '../shell/failure-page.tsx';
import { useNotices } from '../shell/notices.tsx';
import { PageSkeleton } from '../shell/page-skeleton.tsx';
import { usePageTitle } from '../shell/page-title.ts';
import { DetailsForm } from './details-form.tsx';
import { FileFacts } from './file-facts.tsx';
import { type FileDetails, useFile } from './file-queries.ts';
import { Preview } from './preview.tsx';
import { Versions } from './versions.tsx';

/** One file: what it looks like, what is known of it, and its earlier versions. */
export default function AssetPage({ fileId }: { readonly fileId: string }) {
  const { data, error, isPending, refetch } = useFile(fileId);
  usePageTitle(data?.file.name);
  if (isPending) return <PageSkeleton />;
  if (!data) return <FailurePage error={error} retry={() => void refetch()} />;
  const { file, tag } = data;
  return (
    <article className="asset">
      <AssetHeader file={file} />
      <Preview file={file} />
      <div className="asset-side">
        <DetailsForm file={file} tag={tag} />
        <FileFacts file={file} />
        <Versions file={file} />
      </div>
    </article>
  );
}

function AssetHeader({ file }: { readonly file: FileDetails }) {
  const { asset } = useText();
  const may = useMay();
  const tell = useNotices();
  const [, navigate] = useLocation();
  const folder = viewAddress({ path: file.filePath.slice(0, file.filePath.lastIndexOf('/')) || '/' });
  const trashing = useTrashing(() => navigate(folder));
  const copy = async () => {
    await navigator.clipboard.writeText(file.url);
    tell({ kind: 'done', message: asset.copied });
  };
  return (
    <header className="asset-header">
      <Link href={folder}>← {asset.back}</Link>
      <h1>{file.name}</h1>
      <div className="actions">
        <Button onClick={() => void copy()}>{asset.copy}</Button>
        {file.reachableBy === 'everyone' && (
          <Button href={`${file.url}&tr=orig-true&ik-attachment=true`} target="_blank">
            {asset.download}
          </Button>
        )}
        {may('files.delete') && (
          <Button loading={trashing.isPending} onClick={() => trashing.mutate([file])}>
            {asset.trash}
          </Button>
        )}
      </div>
    </header>
  );
}
