import sharp from 'sharp';
import { LIMITS } from '../../lambda/contract/limits.ts';

/** What a host answered to one URL. */
export interface SeenAnswer {
  /** 0: nobody answered. */
  readonly status: number;
  readonly type: string;
  readonly bytes: number;
  /** Of a picture that could be read. */
  readonly picture?: SeenPicture;
}

export interface SeenPicture {
  readonly width: number;
  readonly height: number;
  /** Colours at the size of `SIDE`, three bytes a pixel. */
  readonly small: Buffer;
}

/** Pixels on a side to which pictures are brought before they are compared: fine noise of encoders goes, everything else stays. */
const SIDE = 64;

/** Milliseconds that an answer may take. */
const PATIENCE = 60_000;

/** Asks for a URL as a browser does. */
export async function seeAnswer(url: string, accept: string): Promise<SeenAnswer> {
  try {
    const answer = await fetch(url, { headers: { accept }, signal: AbortSignal.timeout(PATIENCE) });
    const body = Buffer.from(await answer.arrayBuffer());
    const type = answer.headers.get('content-type')?.split(';')[0] ?? '';
    const picture = answer.ok && type.startsWith('image/') ? await pictureIn(body) : undefined;
    return { status: answer.status, type, bytes: body.length, ...(picture && { picture }) };
  } catch {
    return { status: 0, type: '', bytes: 0 };
  }
}

async function pictureIn(bytes: Buffer): Promise<SeenPicture | undefined> {
  try {
    const read = () => sharp(bytes, { limitInputPixels: LIMITS.sourcePixels });
    const { width, height } = await read().metadata();
    const small = await read()
      .flatten({ background: '#808080' })
      .toColourspace('srgb')
      .resize(SIDE, SIDE, { fit: 'fill' })
      .removeAlpha()
      .raw()
      .toBuffer();
    return { width, height, small };
  } catch {
    return undefined;
  }
}

/** How far two pictures are apart, 0 to 100: the mean difference of their colours in percent. */
export function differenceOf({ small: a }: SeenPicture, { small: b }: SeenPicture): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += Math.abs((a[index] ?? 0) - (b[index] ?? 0));
  return (sum / Math.max(a.length, 1) / 255) * 100;
}
