import type { Size } from '../../../plan/geometry/size.ts';
import type { Colour, TextLayer, TextStyle } from '../../../plan/plan.ts';
import { resolveText } from '../../../plan/resolve.ts';
import type { LoadAsset, RenderContext } from '../../context.ts';
import { OPAQUE_BLACK } from '../../picture/paint.ts';
import type { Pixels } from '../../picture/pixels.ts';
import { drawn, type LayerStart } from '../layer-start.ts';
import { checkExtent } from './extent.ts';
import { DEFAULT_FAMILY, familyName } from './families.ts';
import { prepareFont } from './library-font.ts';
import { printable, type Setting } from './setting.ts';
import { inBox } from './text-box.ts';
import { typeset } from './typeset.ts';

/** Pixels; ImageKit, "Add overlays", fs. */
const FONT_SIZE = 45;
/** Of the font's size. */
const LINE_HEIGHT = 1.2;

/** A text as a picture: its letters, with a box around them when it has a width, padding or background. */
export async function openText(
  { text, style, steps }: TextLayer,
  { parent, load }: RenderContext & { readonly parent: Size },
): Promise<LayerStart> {
  const resolved = resolveText(style, { parent });
  const setting = await settingOf(printable(text), resolved, load);
  await checkExtent(setting);
  const ink = await typeset(setting);
  if (ink) fade(ink, opacityOf(resolved));
  return { picture: drawn(await inBox(ink, resolved)), steps };
}

async function settingOf(text: string, style: TextStyle, load: LoadAsset): Promise<Setting> {
  const { font, fontSize: size = FONT_SIZE, width, align = 'center', typography } = style;
  const { lineHeight = size * LINE_HEIGHT, colour = OPAQUE_BLACK } = style;
  const line = { text, size, width, lineHeight, align, colour, typography };
  if (font?.kind === 'file') return { ...line, ...(await prepareFont(font.path, load)) };
  return { ...line, family: font ? familyName(font.family) : DEFAULT_FAMILY };
}

/** A colour's own opacity comes first; beside a colour's name `al` does not count (ImageKit, "Add overlays", al). */
function opacityOf({ colour = OPAQUE_BLACK, alpha }: TextStyle): number {
  const { named } = colour as Colour & { named?: true };
  return alpha === undefined || named || colour.alpha < 1 ? colour.alpha : alpha / 10;
}

/** Afterwards, so that letters that overlap are not seen through each other, and pictographs fade too. */
function fade({ data }: Pixels, opacity: number): void {
  if (opacity === 1) return;
  for (let at = 3; at < data.length; at += 4) data[at] = Math.round((data[at] ?? 0) * opacity);
}
