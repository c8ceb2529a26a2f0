/** Milliseconds since 1970. */
export type Clock = () => number;

/** Resolves after the given milliseconds. */
export type Pause = (milliseconds: number) => Promise<void>;
