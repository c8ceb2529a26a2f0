import Modal from '@cloudscape-design/components/modal';
import { useState } from 'react';
import { useText } from '../i18n/text.tsx';
import { useMediaUrl } from '../media/use-media-url.ts';
import type { FileDetails, FileVersion } from './file-queries.ts';

const SIZE = 'w-960,h-960,c-at_max';

/** The slider below is to be seen, too. */
const TALLEST = '60vh';

export interface CompareDialogProps {
  readonly file: FileDetails;
  readonly earlier: FileVersion;
  readonly close: () => void;
}

/** Two versions of a picture over each other: a slider says how much of which is seen. */
export default function CompareDialog({ file, earlier, close }: CompareDialogProps) {
  const text = useText();
  const { asset } = text;
  const [share, setShare] = useState(50);
  const [before, now] = [earlier.versionInfo.name, file.versionInfo.name];
  const { width = 1, height = 1 } = file;
  const aspectRatio = width / height;
  return (
    <Modal visible size="large" onDismiss={close} header={asset.compareTitle(before, now)} closeAriaLabel={text.close}>
      <div className="compare" style={{ aspectRatio, maxInlineSize: `calc(${TALLEST} * ${aspectRatio})` }}>
        <img src={useMediaUrl(file, SIZE)} alt={now} />
        <img src={useMediaUrl(earlier, SIZE)} alt={before} style={{ clipPath: `inset(0 ${100 - share}% 0 0)` }} />
        <span className="compare-line" style={{ left: `${share}%` }} />
      </div>
      <label className="compare-slider">
        {asset.compareShare(share, before)}
        <input type="range" min="0" max="100" value={share} onChange={({ target }) => setShare(Number(target.value))} />
      </label>
    </Modal>
  );
}
