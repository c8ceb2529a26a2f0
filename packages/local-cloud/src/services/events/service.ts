import type { PlannedResource } from '../../assembly/plan-assembly.ts';
import type { Service } from '../../service/service.ts';
import { functionOf, type RunningFunction } from '../lambda/functions.ts';
import { FUNCTIONS } from '../lambda/service.ts';
import { createEventBus, type EventTarget } from './event-bus.ts';
import { functionTarget } from './function-target.ts';
import type { EventPattern } from './pattern.ts';
import { EVENT_RESOURCE_TYPES } from './properties.ts';
import { startSchedules } from './schedule.ts';

export const events: Service = {
  name: 'events',
  resourceTypes: EVENT_RESOURCE_TYPES,
  start: (cloud) => {
    const functions = cloud.need(FUNCTIONS);
    const rules = cloud.resources('AWS::Events::Rule');
    const bus = createEventBus(rulesWithPattern(rules, functions), { log: cloud.log });
    cloud.onEvent((event) => bus.deliver(event));
    const scheduled = scheduledRules(rules, functions);
    cloud.whenStarted(() => cloud.atEnd(startSchedules(scheduled, cloud.log)));
  },
};

/** What the templates run by the clock. */
function scheduledRules(rules: readonly PlannedResource[], functions: readonly RunningFunction[]) {
  return rules
    .filter(({ properties }) => properties.ScheduleExpression !== undefined)
    .map((rule) => ({
      name: rule.logicalId,
      region: rule.region,
      expression: String(rule.properties.ScheduleExpression),
      targets: targetsOf(rule, functions),
    }));
}

/** What the templates run when an event fits. */
function rulesWithPattern(rules: readonly PlannedResource[], functions: readonly RunningFunction[]) {
  return rules
    .filter(({ properties }) => properties.State !== 'DISABLED' && properties.EventPattern !== undefined)
    .map((rule) => ({
      name: rule.logicalId,
      pattern: rule.properties.EventPattern as EventPattern,
      targets: targetsOf(rule, functions),
    }));
}

function targetsOf({ properties, logicalId }: PlannedResource, functions: readonly RunningFunction[]): EventTarget[] {
  return (properties.Targets as readonly { readonly Arn: string }[]).map(({ Arn }) =>
    functionTarget(functionOf(functions, Arn, logicalId)),
  );
}
