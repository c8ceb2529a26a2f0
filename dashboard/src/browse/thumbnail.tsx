import { useLayoutEffect, useRef, useState } from 'react';
import { useMediaUrl } from '../media/use-media-url.ts';
import { useMay } from '../session/session.ts';
import type { LibraryFile } from './library-queries.ts';
import { placeholderOf } from './placeholder.ts';

export interface ThumbnailProps {
  readonly file: LibraryFile;
  /** CSS pixels of the square that it has to fit. */
  readonly size: number;
  /** While the list runs past, pictures that nobody will see are not asked for. */
  readonly isFast: boolean;
}

interface PictureProps {
  readonly file: LibraryFile;
  /** @default not asked for yet */
  readonly src: string | undefined;
}

/** Screens with more dots get no more than this: the eye does not see it in a thumbnail. */
const MOST_DOTS = 2;

/** A file as a small picture, made by our own engine. What cannot be shown here has the ending of its name. */
export function Thumbnail({ file, size, isFast }: ThumbnailProps) {
  const may = useMay();
  const { fileType, reachableBy, name, url } = file;
  const isSigned = reachableBy === 'signed-url' && may('files.sign');
  if (fileType !== 'image' || (reachableBy !== 'everyone' && !isSigned))
    return (
      <span className="thumb thumb-none" aria-hidden="true">
        {/\.([^.]{1,5})$/.exec(name)?.[1] ?? '?'}
      </span>
    );
  const dots = Math.min(MOST_DOTS, Math.ceil(devicePixelRatio));
  const transformation = isFast ? undefined : `w-${size},h-${size},c-at_max,dpr-${dots}`;
  if (isSigned) return <SignedPicture file={file} transformation={transformation} />;
  return <Picture file={file} src={transformation && `${url}&tr=${transformation}`} />;
}

function SignedPicture({
  file,
  transformation,
}: Pick<PictureProps, 'file'> & { readonly transformation: string | undefined }) {
  return <Picture file={file} src={useMediaUrl(file, transformation)} />;
}

function Picture({ file, src }: PictureProps) {
  const picture = useRef<HTMLImageElement>(null);
  const [isLoaded, setIsLoaded] = useState(false);
  const { fileId, thumbhash } = file;
  // Cancels what is under way and lets go of the bytes; a removed picture would keep both.
  // biome-ignore lint/correctness/useExhaustiveDependencies: of this file's picture.
  useLayoutEffect(() => {
    const image = picture.current;
    return () => image?.removeAttribute('src');
  }, [fileId]);
  // Behind what is transparent it would stay to be seen.
  const placeholder = thumbhash === undefined || isLoaded ? undefined : placeholderOf(thumbhash);
  return (
    <span className="thumb" style={placeholder ? { backgroundImage: `url(${placeholder})` } : undefined}>
      <img
        ref={picture}
        alt=""
        draggable={false}
        decoding="async"
        onLoad={() => setIsLoaded(true)}
        {...(src !== undefined && { src })}
      />
    </span>
  );
}
