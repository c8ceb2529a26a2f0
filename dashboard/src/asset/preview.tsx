import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { dataOf } from '../api/failure.ts';
import { placeholderOf } from '../browse/placeholder.ts';
import { useText } from '../i18n/text.tsx';
import { useMediaUrl } from '../media/use-media-url.ts';
import { useMay } from '../session/session.ts';
import type { FileDetails } from './file-queries.ts';
import { ZoomButtons } from './zoom-buttons.tsx';

/** CSS pixels of a preview that fits the page. */
const FITTING = 960;

/** Pixels of the largest preview: more than the engine makes at once would be refused. */
const LARGEST = 4096;

/** Types that may have several frames. */
const MOVING = /^image\/(gif|webp|png|apng|avif|tiff)$/;

/** The picture on a checkerboard, which shows what is transparent. Its place is kept before it comes. */
export function Preview({ file }: { readonly file: FileDetails }) {
  const { asset } = useText();
  const may = useMay();
  const { fileType, reachableBy } = file;
  if (fileType !== 'image') return <p className="preview preview-none">{asset.noPreview}</p>;
  if (reachableBy === 'nobody') return <p className="preview preview-none">{asset.unreachable}</p>;
  if (reachableBy === 'signed-url' && !may('files.sign'))
    return <p className="preview preview-none">{asset.signedOnly}</p>;
  return <ZoomedPreview file={file} />;
}

function ZoomedPreview({ file }: { readonly file: FileDetails }) {
  const { asset } = useText();
  const { width = FITTING, height = FITTING, name, description, thumbhash } = file;
  const [zoom, setZoom] = useState<number>();
  const [frame, setFrame] = useState<number>();
  const frames = useFrames(file);
  const dots = Math.min(2, Math.ceil(devicePixelRatio));
  const size =
    zoom === undefined ? `w-${FITTING},h-${FITTING},c-at_max,dpr-${dots}` : `w-${LARGEST},h-${LARGEST},c-at_max`;
  const src = useMediaUrl(file, frame === undefined ? size : `pg-${frame},${size}`);
  const placeholder = thumbhash === undefined ? undefined : placeholderOf(thumbhash);
  return (
    <figure className="preview" aria-label={asset.preview}>
      <div className="preview-tools">
        <ZoomButtons zoom={zoom} setZoom={setZoom} />
        {frames > 1 && (
          <label>
            {asset.frame(frame ?? 1, frames)}
            <input
              type="range"
              min="1"
              max={frames}
              value={frame ?? 1}
              onChange={({ target }) => setFrame(Number(target.value))}
            />
          </label>
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard. */}
      <section className="preview-pane" tabIndex={0} aria-label={asset.pane}>
        <img
          src={src}
          alt={description ?? name}
          width={width}
          height={height}
          className={zoom === undefined ? 'preview-fits' : undefined}
          style={{
            ...(zoom !== undefined && { inlineSize: (width * zoom) / devicePixelRatio }),
            ...(placeholder && !file.hasAlpha && { backgroundImage: `url(${placeholder})` }),
          }}
        />
      </section>
    </figure>
  );
}

/** How many frames a picture has; 1 until it is known. */
function useFrames({ fileId, mime, versionInfo }: FileDetails): number {
  const { data } = useQuery({
    // Of the version's bytes: no change of details asks for it anew, since the whole picture is read for it.
    queryKey: ['frames', fileId, versionInfo.id],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => dataOf(api.GET('/v1/files/{fileId}/metadata', { params: { path: { fileId } }, signal })),
    enabled: MOVING.test(mime),
  });
  return data?.frames ?? 1;
}
