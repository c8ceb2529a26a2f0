import Button from '@cloudscape-design/components/button';
import { Link, useLocation } from 'wouter';
import { viewAddress } from '../browse/view.ts';
import { useText } from '../i18n/text.tsx';
import { theseFiles } from '../select/chosen-files.ts';
import { folderOf } from '../select/file-action.ts';
import { toSelected } from '../select/selected-file.ts';
import { trash } from '../select/trash-actions.ts';
import { useFileAction } from '../select/use-file-action.ts';
import { useMay } from '../session/session.ts';
import { FailurePage } from '../shell/failure-page.tsx';
import { PageSkeleton } from '../shell/page-skeleton.tsx';
import { usePageTitle } from '../shell/page-title.ts';
import './asset.css';
import { Activity } from './activity.tsx';
import { CopyMenu } from './copy-menu.tsx';
import { DetailsForm } from './details-form.tsx';
import { FileFacts } from './file-facts.tsx';
import { type FileDetails, useFile } from './file-queries.ts';
import { FocalPoint } from './focal-point.tsx';
import { OriginalLink } from './original-link.tsx';
import { Preview } from './preview.tsx';
import { UsedIn } from './used-in.tsx';
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
        {isPicture(file) && <FocalPoint file={file} />}
        <FileFacts file={file} />
        <UsedIn file={file} />
        <Versions file={file} />
        <Activity fileId={fileId} />
      </div>
    </article>
  );
}

function AssetHeader({ file }: { readonly file: FileDetails }) {
  const text = useText();
  const { asset } = text;
  const may = useMay();
  const [, navigate] = useLocation();
  const run = useFileAction();
  const folder = viewAddress({ path: folderOf(file.filePath) });
  const remove = () => {
    navigate(folder);
    void run(trash(text), theseFiles([toSelected(file)]));
  };
  return (
    <header className="asset-header">
      <Link href={folder}>← {asset.back}</Link>
      <h1>{file.name}</h1>
      <div className="actions">
        <CopyMenu file={file} />
        <OriginalLink file={file} />
        {may('files.delete') && <Button onClick={remove}>{asset.trash}</Button>}
      </div>
    </header>
  );
}

const isPicture = (file: FileDetails): file is FileDetails & { readonly width: number; readonly height: number } =>
  file.fileType === 'image' && file.reachableBy !== 'nobody' && file.width !== undefined && file.height !== undefined;
