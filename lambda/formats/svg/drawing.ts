import type { OpenDrawing } from '../../core/render/isolated/isolation.ts';
import type { SvgSanitiser } from '../../core/render/isolated/serve-jobs.ts';
import { readSafeSvg, writeSvg } from './safe-svg.ts';

/** An SVG as a browser may have it. */
export const sanitiseSvg: SvgSanitiser = (source) => Buffer.from(writeSvg(readSafeSvg(source)));

/** An SVG to be drawn at any size. Without a viewBox its content has the size of the file. */
export const openDrawing: OpenDrawing = (source, natural) => {
  const safe = readSafeSvg(source);
  const own = (name: string) => safe.root.find((attribute) => attribute.name === name)?.value;
  const viewBox = own('viewBox') ?? `0 0 ${natural.width} ${natural.height}`;
  return {
    at: ({ width, height }) => {
      // The style comes last and important: a style sheet in the file may set the same properties.
      const style = `${own('style') ?? ''};width:${width}px!important;height:${height}px!important`;
      return Buffer.from(writeSvg(safe, { width: String(width), height: String(height), viewBox, style }));
    },
  };
};
