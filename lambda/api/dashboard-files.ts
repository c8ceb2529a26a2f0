import type { DashboardSources } from '../contract/dashboard.ts';

/** One file as it is sent. */
export interface DashboardFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Media type. */
  readonly type: string;
  readonly isBrotli: boolean;
}

/** What the dashboard is served with. */
export interface DashboardDeps {
  /** @param name relative to the dashboard's folder. @returns undefined when there is none of that name */
  readonly read: (name: string, takesBrotli: boolean) => Promise<DashboardFile | undefined>;
  readonly sources: () => Promise<DashboardSources>;
}
