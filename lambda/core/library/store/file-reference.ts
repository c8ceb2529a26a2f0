/**
 * Where another system shows a file, as that system told us: a page of a CMS, a product of a shop. It belongs to one of the
 * file's histories, so it follows the file wherever that is moved, also onto another one.
 */
export interface FileReference {
  readonly historyId: string;
  /** The same for the same URL, so that who tells us twice is counted once. */
  readonly referenceId: string;
  /** Of the page, or of its place in the other system; http or https. */
  readonly url: string;
  /** For people. */
  readonly label: string;
  readonly createdAt: string;
  /** Id of the caller. */
  readonly createdBy: string;
}
