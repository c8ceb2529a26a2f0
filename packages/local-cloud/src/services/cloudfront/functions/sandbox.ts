import { createHash, createHmac } from 'node:crypto';
import querystring from 'node:querystring';
import vm from 'node:vm';
import { languageFaults } from './language-gate.ts';
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
  /** @param rawQuery the query as received, without `?`; undefined when the URL has none */
  run(event: object, rawQuery: string | undefined, now: Date): unknown;
}

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
  const context = vm.createContext(
    { host: hostOf(store, log, () => time) },
    { codeGeneration: { strings: false, wasm: false }, microtaskMode: 'afterEvaluate' },
  );
  const run = new vm.Script(RUNTIME_PRELUDE).runInContext(context) as Runner;
  const factory = new vm.Script(asFactory(code), { filename: name }).runInContext(context) as Factory;
  // A script, and not a call from here: only a script in the context has a time limit and settles its promises.
  const call = new vm.Script('call()');
  return {
    run: (event, rawQuery, now) => {
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
  const chosen = /\b(updateRequestOrigin|selectRequestOriginById|createRequestOriginGroup)\b/.exec(code)?.[0];
  if (chosen) faults.push(`${chosen}: the local CDN does not run functions that choose the origin`);
  if (faults.length > 0) {
    throw new Error(`The edge function ${name} is not in the edge's language: ${faults.join('; ')}`);
  }
}

function hostOf(
  store: ReadonlyMap<string, string> | undefined,
  log: (line: string) => void,
  now: () => number,
): SandboxHost {
  return {
    ...{ createHash, createHmac, querystring: { ...querystring }, Buffer, TextEncoder, TextDecoder, atob, btoa },
    log,
    now,
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
