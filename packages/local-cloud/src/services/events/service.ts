import type { PlannedResource } from '../../assembly/plan-assembly.ts';
import { readState, writeState } from '../../json-state.ts';
import { offerOf } from '../../service/offer.ts';
import type { Service } from '../../service/service.ts';
import { functionOf, type RunningFunction } from '../lambda/functions.ts';
import { FUNCTIONS } from '../lambda/service.ts';
import { createEventBus, type EventTarget } from './event-bus.ts';
import { functionTarget } from './function-target.ts';
import type { EventPattern } from './pattern.ts';
import { EVENT_RESOURCE_TYPES } from './properties.ts';
import { startSchedules } from './schedule.ts';

/** Names of the rules that have run by the clock. */
const RUN_FILE = 'schedules.json';

/** Settles when everything that runs by the clock has run once. */
export const FIRST_RUNS = offerOf<Promise<void>>('first runs by the clock');

export const events: Service = {
  name: 'events',
  resourceTypes: EVENT_RESOURCE_TYPES,
  start: async (cloud) => {
    const functions = cloud.need(FUNCTIONS);
    const rules = cloud.resources('AWS::Events::Rule');
    const bus = createEventBus(rulesWithPattern(rules, functions), { log: cloud.log });
    cloud.onEvent((event) => bus.deliver(event));
    const scheduled = scheduledRules(rules, functions);
    const known = await cloud.using(RUN_FILE, async (file) => ((await readState(file)) ?? []) as readonly string[]);
    const firstRuns = cloud.whenStarted(async () => {
      const schedules = startSchedules(scheduled, cloud.log, (name) => !known.includes(name));
      cloud.atEnd(schedules.end);
      await schedules.firstRuns;
      const names = scheduled.map(({ name }) => name);
      if (names.some((name) => !known.includes(name))) await cloud.using(RUN_FILE, (file) => writeState(file, names));
    });
    cloud.offer(FIRST_RUNS, firstRuns);
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
  return (properties.Targets as readonly { readonly Arn: string; readonly Input?: string }[]).map(({ Arn, Input }) => {
    const target = functionTarget(functionOf(functions, Arn, logicalId));
    return Input === undefined ? target : () => target(JSON.parse(Input));
  });
}
