/** What a change of settings makes outdated: all that an endpoint delivers, or what was made with a named transformation. */
export type Outdated =
  | { readonly kind: 'endpoint'; readonly id: string }
  | { readonly kind: 'name'; readonly name: string };

/** Makes a change of the account's settings, and purges in every region what it makes outdated. */
export type PurgeAround = <T>(outdated: readonly Outdated[], change: () => Promise<T>) => Promise<T>;
