import { useText } from '../i18n/text.tsx';

/** Picture's pixels on one of the screen's. */
const ZOOMS = [0.25, 0.5, 1, 2, 4] as const;

export interface ZoomButtonsProps {
  /** undefined: as large as the page has room. */
  readonly zoom: number | undefined;
  readonly setZoom: (zoom: number | undefined) => void;
}

export function ZoomButtons({ zoom, setZoom }: ZoomButtonsProps) {
  const { asset } = useText();
  const step = (by: 1 | -1) => {
    const at = ZOOMS.findIndex((one) => one === (zoom ?? 1));
    setZoom(ZOOMS[Math.max(0, Math.min(ZOOMS.length - 1, zoom === undefined ? 2 : at + by))]);
  };
  return (
    <>
      <button type="button" className="chip" aria-label={asset.zoomOut} onClick={() => step(-1)}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M5 12h14" />
        </svg>
      </button>
      <button type="button" className="chip" aria-pressed={zoom === undefined} onClick={() => setZoom(undefined)}>
        {asset.fit}
      </button>
      <button type="button" className="chip" aria-label={asset.zoomIn} onClick={() => step(1)}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M5 12h14M12 5v14" />
        </svg>
      </button>
      <output>{zoom !== undefined && asset.zoomed(zoom * 100)}</output>
    </>
  );
}
