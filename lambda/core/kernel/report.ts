/** Receives failures that do not change the answer but must not go unseen. */
export type Report = (event: string, error: unknown) => void;
