import type { Colour } from '../../plan/plan.ts';

export const TRANSPARENT: Colour = { r: 0, g: 0, b: 0, alpha: 0 };
export const OPAQUE_BLACK: Colour = { r: 0, g: 0, b: 0, alpha: 1 };
export const OPAQUE_WHITE: Colour = { r: 255, g: 255, b: 255, alpha: 1 };

export const isOpaque = ({ alpha }: Colour): boolean => alpha >= 1;

export const opaque = ({ r, g, b }: Colour): Colour => ({ r, g, b, alpha: 1 });

/** In the form that sharp takes. */
export const toSharp = ({ r, g, b, alpha }: Colour) => ({ r, g, b, alpha });
