import type { ResourceType } from '../assembly/resource-type.ts';
import type { StartingCloud } from './starting-cloud.ts';

/** One AWS service on this machine: the resource types that it knows and how it is started. */
export interface Service {
  /** Name of its folder. */
  readonly name: string;
  readonly resourceTypes: readonly ResourceType[];
  /**
   * Its file in the state folder, made at the first start when the templates have resources of it. A later start without
   * the file is stopped once there are objects.
   */
  readonly keptFile?: string;
  /** Names of its `AWS_ENDPOINT_URL_*` variables, where the shared API server answers for it. */
  readonly sdkEndpoints?: readonly string[];
  /**
   * Starts what the templates ask for. Services start in the order of their list: a service finds what those before it
   * have offered. @default nothing is started
   */
  readonly start?: (cloud: StartingCloud) => Promise<void> | void;
}
