/** Seconds after which every upload that was on its way has ended: what a function may run. */
export const UPLOADS_END = 900;
