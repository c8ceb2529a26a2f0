import Button from '@cloudscape-design/components/button';
import { useText } from '../i18n/text.tsx';
import { useMediaUrl } from '../media/use-media-url.ts';
import type { FileDetails } from './file-queries.ts';

/** Downloads a file as it was uploaded. */
export function OriginalLink({ file }: { readonly file: FileDetails }) {
  const { asset } = useText();
  const { fileType } = file;
  const url = useMediaUrl(file, fileType === 'image' ? 'orig-true' : '');
  if (url === undefined) return null;
  return (
    <Button href={url} target="_blank" download>
      {asset.download}
    </Button>
  );
}
