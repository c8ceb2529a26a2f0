import type { AssemblyPlan } from '../assembly/plan-assembly.ts';
import { createEventBus, type EventBus, type EventTarget } from '../events/event-bus.ts';
import { functionTarget } from '../events/function-target.ts';
import type { EventPattern } from '../events/pattern.ts';
import { startSchedules } from '../events/schedule.ts';
import { functionOf } from './function-urls.ts';
import type { RunningFunction } from './functions.ts';
import { resourcesOf } from './planned.ts';

/** Starts what the templates run by the clock. @returns what ends it */
export function startScheduledRules(
  plan: AssemblyPlan,
  functions: readonly RunningFunction[],
  log: (line: string) => void,
): () => void {
  const rules = resourcesOf(plan, 'AWS::Events::Rule')
    .filter(({ properties }) => properties.ScheduleExpression !== undefined)
    .map(({ logicalId, region, properties }) => ({
      name: logicalId,
      region,
      expression: String(properties.ScheduleExpression),
      targets: targetsOf(properties, functions, logicalId),
    }));
  return startSchedules(rules, log);
}

/** The event bus with every enabled rule. */
export function makeEventBus(
  plan: AssemblyPlan,
  functions: readonly RunningFunction[],
  log: (line: string) => void,
): EventBus {
  const rules = resourcesOf(plan, 'AWS::Events::Rule')
    .filter(({ properties }) => properties.State !== 'DISABLED' && properties.EventPattern !== undefined)
    .map(({ logicalId, properties }) => ({
      name: logicalId,
      pattern: properties.EventPattern as EventPattern,
      targets: targetsOf(properties, functions, logicalId),
    }));
  return createEventBus(rules, { log });
}

function targetsOf(
  properties: Readonly<Record<string, unknown>>,
  functions: readonly RunningFunction[],
  logicalId: string,
): EventTarget[] {
  return (properties.Targets as readonly { readonly Arn: string }[]).map(({ Arn }) =>
    functionTarget(functionOf(functions, Arn, logicalId)),
  );
}
