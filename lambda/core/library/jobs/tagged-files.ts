/** Who carries a tag, as the search index has it: a moment behind the library. */
export interface TaggedFiles {
  /** Ids of the files that carry a tag, in their order. @param after the last id that is done */
  withTag(tag: string, after?: string): AsyncIterable<readonly string[]>;
}
