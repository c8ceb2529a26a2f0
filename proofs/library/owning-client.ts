import type { Random } from '../random.ts';
import { mergeEnds } from './merge-ends.ts';
import type { OwnedCall } from './owned-call.ts';
import { drawOwnedCall } from './owned-calls.ts';
import type { PossibleWorld } from './possible-worlds.ts';
import { afterAnswer, afterSilence } from './possible-worlds.ts';
import type { Answer, ProductToKill } from './product-to-kill.ts';
import { readOwned } from './read-owned.ts';
import { hasUnknownIds, looksLike, withSeenIds } from './seen-world.ts';
import type { WorldState } from './world-state.ts';
import { EMPTY_WORLD } from './world-state.ts';

/** Of calls that nobody answered, one in this many is made again before it is read what became of it. */
const REPEATED = 2;

/** What was asked and answered of late, for whoever looks for the fault. */
const REMEMBERED = 12;

const EMPTY: PossibleWorld = { world: EMPTY_WORLD, told: [] };

/** A client of the API with a folder of its own, and a model of what is in it. */
export class OwningClient {
  readonly root: string;
  possible: readonly PossibleWorld[] = [EMPTY];
  /** Calls by their names and how they ended. */
  readonly counts: Record<string, number> = {};
  readonly #product: ProductToKill;
  readonly #random: Random;
  readonly #next: () => number;
  readonly #said: string[] = [];

  constructor(product: ProductToKill, root: string, random: Random, next: () => number) {
    this.#product = product;
    this.root = root;
    this.#random = random;
    this.#next = next;
  }

  /** One of those that are possible. */
  get world(): WorldState {
    return (this.possible[0] ?? EMPTY).world;
  }

  /** Makes one call and holds its answer to the model. @throws when no possible world explains it */
  async step(): Promise<void> {
    const call = drawOwnedCall({ random: this.#random, root: this.root, world: this.world, next: this.#next });
    const first = await this.#make(call);
    const isSilent = first.kind === 'silence';
    if (call.merge) await mergeEnds(this.#product, this.root, call.merge, first);
    else if (isSilent && this.#random(REPEATED) === 0) await this.#make(call);
    if (isSilent || this.possible.some((one) => hasUnknownIds(one.world))) await this.look();
  }

  /** Reads what is there; of the possible worlds those stay that look like it. */
  async look(): Promise<void> {
    await this.#product.settled();
    const seen = await readOwned(this.#product, this.root);
    const like = this.possible.filter(({ world }) => looksLike(world, seen));
    if (like.length === 0) throw this.#disagreement(`seen ${JSON.stringify(seen)}`);
    this.possible = like.map(({ world, told }) => ({ world: withSeenIds(world, seen), told }));
  }

  async #make(call: OwnedCall): Promise<Answer> {
    const answer = await this.#product.call(call.method, call.path, call.body);
    const said = answer.kind === 'silence' ? answer.why : `${answer.status} ${JSON.stringify(answer.body)}`;
    this.#said.push(`${call.name} ${call.path} ${bodyText(call)}: ${said.slice(0, 300)}`);
    this.#said.splice(0, this.#said.length - REMEMBERED);
    const name = `${call.name} ${answer.kind === 'silence' ? 'unanswered' : answer.kind === 'ok' ? 'done' : 'refused'}`;
    this.counts[name] = (this.counts[name] ?? 0) + 1;
    const before = this.possible;
    this.possible =
      answer.kind === 'silence'
        ? afterSilence(before, call.changes)
        : afterAnswer(before, call.changes, answer.kind === 'ok');
    if (this.possible.length > 0) return answer;
    this.possible = before;
    throw this.#disagreement('the last answer is not explained');
  }

  #disagreement(what: string): Error {
    const worlds = this.possible.map(({ world }) => JSON.stringify(world)).join('\n');
    return new Error(`${this.root}: ${what}\nthe last calls:\n${this.#said.join('\n')}\npossible:\n${worlds}`);
  }
}

function bodyText({ body }: OwnedCall): string {
  if (!(body instanceof FormData)) return JSON.stringify(body) ?? '';
  return `${body.get('folder')}/${body.get('fileName')}`;
}
