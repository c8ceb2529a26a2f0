import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../vitrine-context.ts';
import type { Objective, ServiceLevels } from './error-budget.ts';

const FILE = join(PROJECT_ROOT, 'docs/slo.json');

/** The objectives of docs/slo.json. @throws when a number of it makes no sense */
export function readServiceLevels(text: string = readFileSync(FILE, 'utf8')): ServiceLevels {
  const levels = JSON.parse(text) as ServiceLevels;
  const wrong = [
    ...levels.objectives.filter(({ percent }) => !(percent > 0 && percent < 100)),
    ...levels.burnRates.filter(({ hours, budgetPercent }) => !(hours > 0 && budgetPercent > 0 && budgetPercent <= 100)),
  ].map(({ name }) => name);
  if (wrong.length > 0 || !(levels.days > 0)) {
    throw new Error(`docs/slo.json: ${wrong.join(', ') || 'days'} must be above 0, and percentages below 100.`);
  }
  return levels;
}

/** @throws when there is no objective of this name */
export function objectiveOf({ objectives }: ServiceLevels, name: string): Objective {
  const found = objectives.find((one) => one.name === name);
  if (!found) throw new Error(`docs/slo.json has no objective ${name}.`);
  return found;
}
