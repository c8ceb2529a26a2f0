/** The name of something that one service gives to those after it, with its type. */
export interface Offer<T> {
  readonly name: string;
  /** Never there: it ties the type to the name. */
  readonly type?: T;
}

export const offerOf = <T>(name: string): Offer<T> => ({ name });
