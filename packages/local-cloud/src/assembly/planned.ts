import { StartFault } from '../start-fault.ts';
import type { AssemblyPlan, PlannedResource } from './plan-assembly.ts';

/** Every planned resource of a type. */
export function resourcesOf(plan: AssemblyPlan, type: string): PlannedResource[] {
  return plan.resources.filter((resource) => resource.type === type);
}

/** The one resource to which a value refers by `Ref` or by one of its attributes. @throws when there is none */
export function referredTo(candidates: readonly PlannedResource[], value: unknown, purpose: string): PlannedResource {
  const found = candidates.find(
    ({ ref, attributes }) => ref === value || Object.values(attributes).includes(String(value)),
  );
  if (!found) throw new StartFault(`${purpose} refers to ${String(value)}, which no stack has.`);
  return found;
}
