import { join } from 'node:path';
import type { AssemblyPlan, PlannedResource } from '../assembly/plan-assembly.ts';
import { resourcesOf } from '../assembly/planned.ts';
import type { AwsApiServer } from '../aws-api/server.ts';
import { withEventFaults } from '../faults/event-faults.ts';
import type { FaultSwitch } from '../faults/fault-switch.ts';
import type { Principals } from '../principals.ts';
import type { Program } from '../program.ts';
import { using } from '../start-fault.ts';
import type { ViewerResponseReading } from '../viewer-response-reading.ts';
import type { Offer } from './offer.ts';

export interface StartingCloudOptions {
  readonly plan: AssemblyPlan;
  /** What survives: objects, tables, secrets. */
  readonly folder: string;
  readonly program: Program;
  readonly principals: Principals;
  /** Answers the APIs of services without a server of their own. */
  readonly apis: AwsApiServer;
  /** Takes lines of functions and services. */
  readonly log: (line: string) => void;
  /** ISO 3166-1 alpha-2; every viewer is taken to be there. @default nobody knows */
  readonly viewerCountry?: string | undefined;
  /** Every viewer is taken to have it where origins are told. @default nobody knows */
  readonly viewerAddress?: string | undefined;
  /** The request that a viewer-response function is given. @default 'viewer' */
  readonly viewerResponseSees?: ViewerResponseReading | undefined;
  /** What goes wrong between functions and services, and with events. @default nothing */
  readonly faults?: FaultSwitch | undefined;
}

type Step = () => Promise<void> | void;

/** Takes an event of the default event bus. A rejection means that it was not taken. */
export type EventReceiver = (event: unknown) => Promise<void>;

/** A cloud while its services start: the plan, what is shared, and what services give each other. */
export class StartingCloud {
  readonly plan: AssemblyPlan;
  readonly program: Program;
  readonly principals: Principals;
  readonly apis: AwsApiServer;
  readonly log: (line: string) => void;
  readonly viewerCountry: string | undefined;
  readonly viewerAddress: string | undefined;
  readonly viewerResponseSees: ViewerResponseReading | undefined;
  readonly faults: FaultSwitch | undefined;
  /** `AWS_ENDPOINT_URL_*` of functions, by what stands for the star. */
  readonly sdkEndpoints = new Map<string, string>();
  /** Resolves with a sentence when something ended without which the cloud cannot go on. */
  readonly failed: Promise<string>;
  readonly #failed = Promise.withResolvers<string>();
  readonly #folder: string;
  readonly #offers = new Map<string, unknown>();
  readonly #undo: Step[] = [];
  readonly #whenStarted: (() => void)[] = [];
  readonly #receivers: EventReceiver[] = [];

  constructor(options: StartingCloudOptions) {
    this.plan = options.plan;
    this.program = options.program;
    this.principals = options.principals;
    this.apis = options.apis;
    this.log = options.log;
    this.viewerCountry = options.viewerCountry;
    this.viewerAddress = options.viewerAddress;
    this.viewerResponseSees = options.viewerResponseSees;
    this.faults = options.faults;
    this.#folder = options.folder;
    this.failed = this.#failed.promise;
  }

  /** Every planned resource of a type. */
  resources(type: string): PlannedResource[] {
    return resourcesOf(this.plan, type);
  }

  /** Gives something to the services that start later. */
  offer<T>({ name }: Offer<T>, value: T): void {
    this.#offers.set(name, value);
  }

  /** @returns undefined when no service has offered it, because the templates have no use for it */
  find<T>({ name }: Offer<T>): T | undefined {
    return this.#offers.get(name) as T | undefined;
  }

  /** What a service before this one always offers. @throws when the order of services is wrong */
  need<T>(offer: Offer<T>): T {
    const found = this.find(offer);
    if (found === undefined) throw new Error(`No service before this one offers ${offer.name}.`);
    return found;
  }

  /** A file or folder of the state folder. */
  path(file: string): string {
    return join(this.#folder, file);
  }

  /**
   * Runs a step that uses a file of the state folder. Faults of the machine name the file.
   * @throws StartFault
   */
  using<T>(file: string, step: (path: string) => T | Promise<T>): Promise<T> {
    const path = this.path(file);
    return using(this.program, path, () => step(path));
  }

  /** Puts an event on the default event bus. It resolves when every receiver has taken it. */
  async publish(event: unknown): Promise<void> {
    await Promise.all(this.#receivers.map((receive) => receive(event)));
  }

  /** Takes what is published from now on. */
  onEvent(receive: EventReceiver): void {
    this.#receivers.push(this.faults ? withEventFaults(receive, this.faults) : receive);
  }

  /** Runs once every service has started. @returns what settles with the step */
  whenStarted(step: Step): Promise<void> {
    return new Promise((resolve) => {
      this.#whenStarted.push(() => resolve(step()));
    });
  }

  /** @param sentence why the cloud cannot go on */
  fail(sentence: string): void {
    this.#failed.resolve(sentence);
  }

  /** Undone at the end, newest first. */
  atEnd(step: Step): void {
    this.#undo.push(step);
  }

  started(): void {
    for (const step of this.#whenStarted.splice(0)) step();
  }

  async close(): Promise<void> {
    for (const step of this.#undo.splice(0).reverse()) await step();
  }
}
