import { placeholderOf } from '../browse/placeholder.ts';
import { useText } from '../i18n/text.tsx';
import type { FileDetails } from './file-queries.ts';

/** CSS pixels of the largest preview. */
const SIZE = 960;

/** The picture on a checkerboard, which shows what is transparent. Its place is kept before it comes. */
export function Preview({ file }: { readonly file: FileDetails }) {
  const { asset } = useText();
  const { fileType, reachableBy, url, width, height, name, description, thumbhash } = file;
  if (reachableBy !== 'everyone') return <p className="preview preview-none">{asset.signedOnly}</p>;
  if (fileType !== 'image') return <p className="preview preview-none">{asset.noPreview}</p>;
  const placeholder = thumbhash === undefined ? undefined : placeholderOf(thumbhash);
  return (
    <figure className="preview" aria-label={asset.preview}>
      <img
        src={`${url}&tr=w-${SIZE},h-${SIZE},c-at_max,dpr-${Math.min(2, Math.ceil(devicePixelRatio))}`}
        alt={description ?? name}
        width={width}
        height={height}
        style={placeholder && !file.hasAlpha ? { backgroundImage: `url(${placeholder})` } : undefined}
      />
    </figure>
  );
}
