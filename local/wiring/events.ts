import type { AssemblyPlan } from '../assembly/plan-assembly.ts';
import { createEventBus, type EventBus } from '../events/event-bus.ts';
import { functionTarget } from '../events/function-target.ts';
import type { EventPattern } from '../events/pattern.ts';
import { functionOf } from './function-urls.ts';
import type { RunningFunction } from './functions.ts';
import { resourcesOf } from './planned.ts';

/** The event bus with every enabled rule. */
export function makeEventBus(
  plan: AssemblyPlan,
  functions: readonly RunningFunction[],
  log: (line: string) => void,
): EventBus {
  const rules = resourcesOf(plan, 'AWS::Events::Rule')
    .filter(({ properties }) => properties.State !== 'DISABLED')
    .map(({ logicalId, properties }) => ({
      name: logicalId,
      pattern: properties.EventPattern as EventPattern,
      targets: (properties.Targets as readonly { readonly Arn: string }[]).map(({ Arn }) =>
        functionTarget(functionOf(functions, Arn, logicalId)),
      ),
    }));
  return createEventBus(rules, { log });
}
