import { createHash, createHmac } from 'node:crypto';
import querystring from 'node:querystring';
import vm from 'node:vm';
import { languageFaults } from './language-gate.ts';
import { OriginChoice } from './origin-choice.ts';
import { RUNTIME_PRELUDE, type SandboxHost } from './runtime-prelude.ts';

/** Wall time after which a run is stopped: long, because a busy machine may stop for a while in an honest run. */
const STOPPED_AFTER_MILLISECONDS = 1000;

/**
 * Processor time of a run. CloudFront allows about one millisecond on its own machines (AWS, "Compute utilization"); what
 * needs this much here is far above that anywhere.
 */
const CPU_MILLISECONDS = 50;

export interface EdgeFunctionSource {
  readonly code: string;
  /** Content of the associated KeyValueStore; none when the function has no store. */
  readonly store?: ReadonlyMap<string, string>;
}

/** A CloudFront function, loaded. `run` gives the handler's result, or throws with what went wrong. */
export interface EdgeFunction {
  /**
   * @param rawQuery the query as received, without `?`; undefined when the URL has none
   * @param origins takes what the function chooses. @default it may choose none
   */
  run(event: object, rawQuery: string | undefined, now: Date, origins?: OriginChoice): unknown;
}

/** Of a run whose request has no origins. */
const NO_CHOICE = new OriginChoice(() => false);

type Factory = (module: (name: string) => unknown) => unknown;
type Runner = (factory: Factory, event: string, rawQuery: string | undefined, done: (outcome: string) => void) => void;

/**
 * Loads a function as the edge would: the language gate first, then a context that has the documented runtime and nothing
 * else. The code is compiled once and evaluated for every event, so that nothing it keeps outlives the event, as at the
 * edge. Promises settle inside the context, so that the time limit holds for them too.
 * @param log gets what the function logs
 * @throws with line and construct when the edge would refuse the code
 */
export function loadEdgeFunction(
  { code, store }: EdgeFunctionSource,
  name: string,
  log: (line: string) => void = () => {},
): EdgeFunction {
  refuse(code, name);
  let time = 0;
  let choice: OriginChoice | undefined;
  const chooseOrigin = (helper: 'select' | 'group', argument: string): string | undefined => {
    try {
      (choice ?? NO_CHOICE)[helper](argument);
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  };
  const context = vm.createContext(
    { host: hostOf(store, log, () => time, chooseOrigin) },
    { codeGeneration: { strings: false, wasm: false }, microtaskMode: 'afterEvaluate' },
  );
  const run = new vm.Script(RUNTIME_PRELUDE).runInContext(context) as Runner;
  const factory = new vm.Script(asFactory(code), { filename: name }).runInContext(context) as Factory;
  // A script, and not a call from here: only a script in the context has a time limit and settles its promises.
  const call = new vm.Script('call()');
  return {
    run: (event, rawQuery, now, origins) => {
      choice = origins;
      let outcome: string | undefined;
      const eventText = JSON.stringify(event);
      time = now.getTime();
      context.call = () => {
        delete context.call; // The function must not find it.
        run(factory, eventText, rawQuery, (text) => {
          outcome = text;
        });
      };
      const before = process.threadCpuUsage();
      call.runInContext(context, { timeout: STOPPED_AFTER_MILLISECONDS });
      const { user, system } = process.threadCpuUsage(before);
      if (user + system > CPU_MILLISECONDS * 1000) throw new Error(`${name} needs more than ${CPU_MILLISECONDS} ms`);
      return readOutcome(outcome, name);
    },
  };
}

function refuse(code: string, name: string): void {
  const faults = languageFaults(code);
  if (/\bupdateRequestOrigin\b/.test(code)) {
    faults.push('updateRequestOrigin: the local CDN does not run functions that change origins');
  }
  if (faults.length > 0) {
    throw new Error(`The edge function ${name} is not in the edge's language: ${faults.join('; ')}`);
  }
}

function hostOf(
  store: ReadonlyMap<string, string> | undefined,
  log: (line: string) => void,
  now: () => number,
  chooseOrigin: SandboxHost['chooseOrigin'],
): SandboxHost {
  return {
    ...{ createHash, createHmac, querystring: { ...querystring }, Buffer, TextEncoder, TextDecoder, atob, btoa },
    log,
    now,
    chooseOrigin,
    store: store && JSON.stringify(Object.fromEntries(store)),
  };
}

/** The code as a function that makes the handler. It begins on the same line, so that line numbers stay true. */
function asFactory(code: string): string {
  const body = code.replace(/\bimport\s+([\w$]+)\s+from\s*["'](\w+)["'];?/g, 'const $1 = __module("$2");');
  return `'use strict';(function (__module) {${body}\nreturn handler;})`;
}

function readOutcome(outcome: string | undefined, name: string): unknown {
  if (outcome === undefined) throw new Error(`${name} did not settle`);
  const { result, error } = JSON.parse(outcome) as { result?: unknown; error?: string };
  if (error !== undefined) throw new Error(`${name}: ${error}`);
  return result;
}
