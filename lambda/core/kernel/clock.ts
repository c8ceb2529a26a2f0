/** Milliseconds from an arbitrary origin, for durations. */
export type Stopwatch = () => number;
/** Milliseconds since 1970. */
export type Clock = () => number;

/** Resolves after the given milliseconds. */
export type Pause = (milliseconds: number) => Promise<void>;
