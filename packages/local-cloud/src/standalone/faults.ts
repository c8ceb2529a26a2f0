export { type FaultProxy, type FaultProxyOptions, startFaultProxy } from '../faults/fault-proxy.ts';
export type { FaultPlan, FaultRule } from '../faults/fault-rule.ts';
export { type FaultSwitch, type SettableFaults, settableFaults } from '../faults/fault-switch.ts';
export { type IndexLag, indexLag } from '../faults/index-lag.ts';
