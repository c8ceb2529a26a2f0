import { type MouseEvent, useEffect, useState } from 'react';
import { useText } from '../i18n/text.tsx';
import { useMediaUrl } from '../media/use-media-url.ts';
import { useMay } from '../session/session.ts';
import { failureWords } from '../shell/failure-words.ts';
import { useNotices } from '../shell/notices.tsx';
import { type FileDetails, useChangeDetails } from './file-queries.ts';
import { areaAround, type FocalPoint as Point, pointOf } from './focal-area.ts';

/** Ratios that crops are shown in: a card, a square, a portrait. */
const CROPS = ['w-160,h-90', 'w-120,h-120', 'w-90,h-160'] as const;

/** Milliseconds without a change after which a point is saved. */
const REST = 500;

export interface FocalPointProps {
  readonly file: FileDetails & { readonly width: number; readonly height: number };
}

/** Where crops look: set by a click on the picture or by the arrows of two sliders, and shown in crops of the engine. */
export function FocalPoint({ file }: FocalPointProps) {
  const text = useText();
  const { asset } = text;
  const may = useMay();
  const tell = useNotices();
  const change = useChangeDetails(file.fileId);
  const [point, setPoint] = useState<Point>();
  const shown = point ?? pointOf(file);
  const src = useMediaUrl(file, 'w-320,h-320,c-at_max');
  const isReadOnly = !may('files.update');
  const save = (customCoordinates: string | null, saved: Point | undefined) =>
    change.mutate(
      { change: { customCoordinates } },
      {
        onError: (error) => tell({ kind: 'failed', message: failureWords(error, text) }),
        // A point that was set meanwhile stays: its own turn to be saved comes.
        onSettled: () => setPoint((newest) => (newest === saved ? undefined : newest)),
      },
    );
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the point rests.
  useEffect(() => {
    if (!point) return;
    const timer = setTimeout(() => save(areaAround(point, file), point), REST);
    return () => clearTimeout(timer);
  }, [point]);
  const press = ({ currentTarget, clientX, clientY }: MouseEvent) => {
    const { left, top, width, height } = currentTarget.getBoundingClientRect();
    setPoint({ x: (clientX - left) / width, y: (clientY - top) / height });
  };
  const slider = (axis: 'x' | 'y', label: string) => (
    <label>
      {label}
      <input
        type="range"
        min="0"
        max="100"
        value={Math.round((shown?.[axis] ?? 0.5) * 100)}
        onChange={({ target }) => setPoint({ x: 0.5, y: 0.5, ...shown, [axis]: Number(target.value) / 100 })}
      />
    </label>
  );
  return (
    <section aria-labelledby="focal-point">
      <h2 id="focal-point">{asset.focal}</h2>
      <p className="quiet">{shown ? asset.focalSet : asset.focalNone}</p>
      {!isReadOnly && (
        <div className="focal">
          {/* biome-ignore lint/a11y/noStaticElementInteractions: for pointers; the sliders do the same by keys. */}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above. */}
          <div className="focal-picture" onClick={press}>
            {src !== undefined && <img src={src} alt="" />}
            {shown && <span className="focal-mark" style={{ left: `${shown.x * 100}%`, top: `${shown.y * 100}%` }} />}
          </div>
          {slider('x', asset.focalX)}
          {slider('y', asset.focalY)}
          {shown && (
            <button type="button" className="chip" onClick={() => save(null, point)}>
              {asset.focalClear}
            </button>
          )}
        </div>
      )}
      {file.customCoordinates !== null && (
        <div className="crops">
          {CROPS.map((size) => (
            <Crop key={size} file={file} size={size} />
          ))}
        </div>
      )}
    </section>
  );
}

/** The URL changes with the point, so that no cache answers with the crop before. */
function Crop({ file, size }: { readonly file: FileDetails; readonly size: string }) {
  const { asset } = useText();
  const src = useMediaUrl(file, `${size},fo-custom`);
  return src === undefined ? null : <img src={src} alt={asset.crop(size.replace(/[wh]-/g, '').replace(',', ' × '))} />;
}
