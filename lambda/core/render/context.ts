import type { Region, Size } from '../plan/geometry/size.ts';

/** Gives the bytes of another asset: a layer's picture, a font. @throws Problem when there is none or it may not be used */
export type LoadAsset = (path: string) => Promise<Uint8Array>;

/** What a step must know beside the picture itself. */
export interface RenderContext {
  readonly load: LoadAsset;
  /** The asset as it is stored, upright. */
  readonly initial: Size;
  /** Area of the stored file, upright, that its owner wants to be kept. */
  readonly focusArea?: Region;
  /** What the picture is a layer of. */
  readonly parent?: Size;
  /** Dots per inch of the source. */
  readonly density?: number | undefined;
  /** Is told of a result, of a layer too, that the limits made smaller than it would follow from the URL. */
  readonly noteLimited: (made: Size, unlimited: Size) => void;
  /** Is told of every step of the picture itself what its crop keeps. */
  readonly noteInterest?: (interest: Region | undefined) => void;
}
