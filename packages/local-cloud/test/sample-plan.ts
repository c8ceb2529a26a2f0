import type { AssemblyPlan, PlannedResource } from '../src/assembly/plan-assembly.ts';

export const sampleResource = (
  type: string,
  ref: string,
  properties: object = {},
  attributes: Readonly<Record<string, string>> = {},
): PlannedResource => ({
  ...{ stack: 'data', region: 'eu-west-1', logicalId: ref, type, ref, attributes },
  properties: { ...properties },
});

/** A plan with the given resources and nothing else. */
export const samplePlan = (...resources: PlannedResource[]): AssemblyPlan => ({
  resources,
  fileAssets: new Map(),
  notRun: new Map(),
  standIns: new Map(),
});
