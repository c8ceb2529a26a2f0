import { SPEND_CEILING_KIND, SPEND_CEILING_PARTITION } from '../../contract/spend-ceiling.ts';
import type { Clock } from '../../core/kernel/clock.ts';
import type { CeilingEnd, CeilingMonth } from '../../core/protection/spend-ceiling/spend-ceiling.ts';
import { endOfMonth, isOver, monthOf } from '../../core/protection/spend-ceiling/spend-ceiling.ts';
import { SETTINGS_MEMORY } from '../../core/settings/settings-memory.ts';
import { cached } from '../cached.lean.ts';
import type { ItemReads } from '../signed-http/dynamo-items.lean.ts';

/** The ceiling of spending as renders ask for it: one read of one item in 15 seconds, however many ask. */
export function spendCeilingView(accounts: Pick<ItemReads, 'get'>, clock: Clock): CeilingEnd {
  const known = cached(async () => {
    const id = monthOf(clock());
    const item = await accounts.get({ pk: SPEND_CEILING_PARTITION, sk: `${SPEND_CEILING_KIND}#${id}` });
    return item?.saved?.S === undefined ? undefined : (JSON.parse(item.saved.S) as CeilingMonth);
  }, SETTINGS_MEMORY);
  return async () => {
    const month = await known();
    return month && isOver(month) && month.id === monthOf(clock()) ? endOfMonth(month.id) : undefined;
  };
}
