/** What was done and seen, by a name in words: `{ 'plans read': 4000 }`. */
export type Counts = Readonly<Record<string, number>>;

/** How much of each thing is tried. */
export type Sizes = Readonly<Record<string, number>>;

/** Tells a person how far the run is. */
export type Report = (progress: string) => void;

/** A claim about the product that is tried many times, at random, in two sizes. */
export interface Proof<Parameters extends Sizes = Sizes> {
  /** In kebab case; the file of the proof and the page of its results have the same name. */
  readonly name: string;
  /** What is proved, in one sentence. */
  readonly sentence: string;
  /** Seconds at most; part of every check of a change. */
  readonly small: Parameters;
  /** Minutes; its result is kept in `docs/proofs`. */
  readonly full: Parameters;
  /**
   * @param seed decides everything that is chosen at random
   * @throws with the case and what replays it
   */
  run(parameters: Parameters, seed: number, report: Report): Promise<Counts>;
}
