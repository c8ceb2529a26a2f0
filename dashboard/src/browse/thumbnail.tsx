import { useLayoutEffect, useRef, useState } from 'react';
import type { LibraryFile } from './library-queries.ts';
import { placeholderOf } from './placeholder.ts';

export interface ThumbnailProps {
  readonly file: LibraryFile;
  /** CSS pixels of the square that it has to fit. */
  readonly size: number;
  /** While the list runs past, pictures that nobody will see are not asked for. */
  readonly isFast: boolean;
}

/** Screens with more dots get no more than this: the eye does not see it in a thumbnail. */
const MOST_DOTS = 2;

/** A file as a small picture, made by our own engine. What cannot be shown here has the ending of its name. */
export function Thumbnail({ file, size, isFast }: ThumbnailProps) {
  const picture = useRef<HTMLImageElement>(null);
  const [isLoaded, setIsLoaded] = useState(false);
  const { fileId, fileType, reachableBy, thumbhash, name } = file;
  // Cancels what is under way and lets go of the bytes; a removed picture would keep both.
  // biome-ignore lint/correctness/useExhaustiveDependencies: of this file's picture.
  useLayoutEffect(() => {
    const image = picture.current;
    return () => image?.removeAttribute('src');
  }, [fileId]);
  if (fileType !== 'image' || reachableBy !== 'everyone')
    return (
      <span className="thumb thumb-none" aria-hidden="true">
        {/\.([^.]{1,5})$/.exec(name)?.[1] ?? '?'}
      </span>
    );
  // Behind what is transparent it would stay to be seen.
  const placeholder = thumbhash === undefined || isLoaded ? undefined : placeholderOf(thumbhash);
  return (
    <span className="thumb" style={placeholder ? { backgroundImage: `url(${placeholder})` } : undefined}>
      <img
        ref={picture}
        alt=""
        decoding="async"
        onLoad={() => setIsLoaded(true)}
        {...(!isFast && { src: thumbnailUrl(file, size) })}
      />
    </span>
  );
}

function thumbnailUrl({ url }: LibraryFile, size: number): string {
  const dots = Math.min(MOST_DOTS, Math.ceil(devicePixelRatio));
  return `${url}&tr=w-${size},h-${size},c-at_max,dpr-${dots}`;
}
