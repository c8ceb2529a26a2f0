/** One concern's share of the edge's settings: the entries that the KeyValueStore should hold for it now. */
export interface EdgeSource {
  /** Keys of other concerns are never among them. Rejects rather than leaving out what it could not read. */
  entries(): Promise<ReadonlyMap<string, string>>;
}

/** What the store holds, and the state that this was read from. */
export interface StoredSettings {
  readonly entries: ReadonlyMap<string, string>;
  /** A change is made on this state or not at all. */
  readonly version: string;
}

export interface SettingsChange {
  readonly puts: ReadonlyMap<string, string>;
  readonly deletes: readonly string[];
}

/** The KeyValueStore that the edge function reads. A change is seen everywhere within seconds. Every call but `id` is billed. */
export interface SettingsStore {
  /** Of the store itself: a deployment that makes its edge anew has another one. */
  id(): Promise<string>;
  read(): Promise<StoredSettings>;
  /**
   * @param version of the state that the change was worked out from
   * @returns the version after it; undefined when the store has changed since, some of the change may then have been made
   */
  change(change: SettingsChange, version: string): Promise<string | undefined>;
}
