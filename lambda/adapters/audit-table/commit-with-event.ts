import { randomUUID } from 'node:crypto';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { AuditEvent } from '../../core/audit/event.ts';
import type { ChainedEvent, ChainHead } from '../../core/audit/event-chain.ts';
import { chainEvent } from '../../core/audit/event-chain.ts';
import type { Clock, Pause } from '../../core/kernel/clock.ts';
import { type Problem, problem } from '../../core/kernel/problems.ts';
import type { AuditChains } from './audit-chains.ts';
import { eventKey } from './audit-chains.ts';
import type { TransactItem } from './transact-item.ts';
import type { Verdict } from './transaction-verdict.ts';
import { judgeFailure } from './transaction-verdict.ts';

/** `refused`: the condition of this item did not hold; nothing was written. */
export type CommitFate = { readonly kind: 'committed' } | { readonly kind: 'refused'; readonly item: number };

/**
 * Writes items and the event that tells of them in one transaction. There is no other way to write an event.
 * @param items at most 99, of any table in the audit table's region
 * @throws Problem busy, home.away
 */
export type CommitWithEvent = (items: readonly TransactItem[], event: AuditEvent) => Promise<CommitFate>;

export interface CommitDeps {
  readonly client: DynamoDBDocumentClient;
  readonly auditTable: string;
  readonly chains: AuditChains;
  /** Of `until`. */
  readonly clock: Clock;
  readonly pause: Pause;
  /** 0 <= value < 1. */
  readonly random: () => number;
}

/** Attempts at one transaction: others were in its way, or its answer was lost. */
const ATTEMPTS = 30;

/** Chains that are tried; one is lost when another process writes to it at the same time. */
const CHAINS_TRIED = 20;

/** Milliseconds after which no more attempt is made: whoever waits for an API call is cut off after 30 s (AWS, "HTTP API quotas"). */
const GIVEN_UP_AFTER = 12_000;

/** Milliseconds of the longest pause between attempts. */
const LONGEST_PAUSE = 300;

/** DynamoDB's bound for one transaction (AWS, "TransactWriteItems"). */
const TRANSACTION_ITEMS = 100;

/**
 * The event becomes the next of a chain. A chain that another process wrote to is left for another one; who is in the way is
 * waited for.
 */
export function commitWithEvent(deps: CommitDeps): CommitWithEvent {
  return async (items, event) => {
    if (items.length >= TRANSACTION_ITEMS)
      throw new Error(`A change has ${items.length} items, too many for one transaction.`);
    const until = deps.clock() + GIVEN_UP_AFTER;
    for (let chain = 0; chain < CHAINS_TRIED && deps.clock() < until; chain++) {
      const head = await deps.chains.take(event.at);
      const fate = await commitIn(deps, { head, until }, items, event);
      if (fate.kind !== 'chain-taken') return fate;
    }
    throw busy();
  };
}

const busy = () => problem('busy', 'The library is being changed by too many calls at once; try again.');

/**
 * One transaction, sent again under the same token until its fate is known: what looks like a refusal may be the answer to a
 * repetition of what was done before, whose own answer was lost.
 * @throws Problem busy, home.away
 */
async function commitIn(
  deps: CommitDeps,
  { head, until }: { readonly head: ChainHead; readonly until: number },
  items: readonly TransactItem[],
  event: AuditEvent,
): Promise<CommitFate | { readonly kind: 'chain-taken' }> {
  const chained = chainEvent(head, event);
  const command = {
    ClientRequestToken: randomUUID(),
    TransactItems: [...items, auditPut(deps.auditTable, chained)],
  };
  let away: Problem | undefined;
  for (let attempt = 0; attempt < ATTEMPTS && (attempt === 0 || deps.clock() < until); attempt++) {
    const verdict = await send(deps, command, items.length);
    if (verdict.kind === 'committed' || (isLast(verdict) && (await isWritten(deps, chained)))) {
      deps.chains.giveBack({ chain: chained.chain, sequence: chained.sequence, hash: chained.hash });
      return { kind: 'committed' };
    }
    if (verdict.kind === 'refused') {
      deps.chains.giveBack(head);
      return verdict;
    }
    if (verdict.kind === 'chain-taken') return verdict;
    away = verdict.away;
    await deps.pause(pauseAfter(attempt, deps.random));
  }
  throw away ?? busy();
}

const isLast = ({ kind }: Verdict): boolean => kind === 'refused' || kind === 'chain-taken';

async function send(
  deps: CommitDeps,
  command: { ClientRequestToken: string; TransactItems: TransactItem[] },
  auditIndex: number,
): Promise<Verdict | { readonly kind: 'committed' }> {
  try {
    await deps.client.send(new TransactWriteCommand(command));
    return { kind: 'committed' };
  } catch (error) {
    return judgeFailure(error, auditIndex);
  }
}

async function isWritten({ chains }: CommitDeps, chained: ChainedEvent): Promise<boolean> {
  return (await chains.find(chained.chain, chained.sequence))?.hash === chained.hash;
}

const pauseAfter = (attempt: number, random: () => number): number =>
  (0.5 + random()) * Math.min(5 * 2 ** attempt, LONGEST_PAUSE);

/** The last Put of a change's transaction. Nothing is ever written over: a place in a chain is taken once. */
function auditPut(table: string, chained: ChainedEvent): TransactItem {
  const { previous: prev, hash, body } = chained;
  const Item = { ...eventKey(chained), prev, hash, body };
  return { Put: { TableName: table, Item, ConditionExpression: 'attribute_not_exists(pk)' } };
}
