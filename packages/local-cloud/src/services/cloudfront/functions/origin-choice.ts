import { FAILOVER_CODES } from '../failover-codes.ts';

/** The origins that a request asks in turn. */
export interface OriginTurns {
  readonly ids: readonly string[];
  /** Statuses of the first that make the second be asked. */
  readonly failoverOn: readonly number[];
}

/** What `createRequestOriginGroup` is given. */
interface OriginGroup {
  readonly originIds?: readonly { readonly originId?: unknown }[];
  readonly failoverCriteria?: { readonly statusCodes?: readonly unknown[] };
}

const GROUP_MEMBERS = ['originIds', 'failoverCriteria'];

/**
 * What a function chooses for its request among the origins of the distribution (AWS, "Helper methods for origin
 * modification"). The last choice counts.
 */
export class OriginChoice {
  readonly ids: ReadonlySet<string>;
  /** @default the behaviour's */
  chosen: OriginTurns | undefined;

  /** @param ids of the origins that there are */
  constructor(ids: ReadonlySet<string>) {
    this.ids = ids;
  }

  /** @throws for an id that the distribution does not have */
  select(id: string): void {
    this.#require(id);
    this.chosen = { ids: [id], failoverOn: [] };
  }

  /**
   * @param json the group, from another realm
   * @throws for anything but two different origins and at least one status that origin groups know
   */
  group(json: string): void {
    const given = JSON.parse(json) as OriginGroup;
    const unknown = Object.keys(given).find((member) => !GROUP_MEMBERS.includes(member));
    if (unknown !== undefined) throw new Error(`${unknown} of an origin group is not run by the local CDN`);
    const ids = (given.originIds ?? []).map(({ originId }) => String(originId));
    if (ids.length !== 2 || ids[0] === ids[1]) throw new Error('An origin group has two origins');
    for (const id of ids) this.#require(id);
    const failoverOn = given.failoverCriteria?.statusCodes ?? [];
    const wrong = failoverOn.find((status) => !FAILOVER_CODES.includes(status as number));
    if (failoverOn.length === 0 || wrong !== undefined) {
      throw new Error(`Status codes of an origin group are ${FAILOVER_CODES.join(', ')}`);
    }
    this.chosen = { ids, failoverOn: failoverOn as number[] };
  }

  #require(id: string): void {
    if (!this.ids.has(id)) throw new Error(`There is no origin ${id}`);
  }
}
