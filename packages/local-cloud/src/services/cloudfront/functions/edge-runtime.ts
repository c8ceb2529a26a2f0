import { createHash, createHmac } from 'node:crypto';
import querystring from 'node:querystring';
import vm from 'node:vm';
import { OriginChoice, type OriginTurns } from './origin-choice.ts';
import { RUNTIME_PRELUDE, type SandboxHost } from './runtime-prelude.ts';

/**
 * Processor time of a run. CloudFront allows about one millisecond on its own machines (AWS, "Compute utilization"); what
 * needs this much here is far above that anywhere.
 */
const CPU_MILLISECONDS = 50;

/** A function as the thread of the sandbox gets it. */
export interface FunctionSource {
  readonly name: string;
  readonly code: string;
  /** Content of its KeyValueStore as JSON; undefined when the function has none. */
  readonly store: string | undefined;
}

export interface FunctionCall {
  /** The event as JSON: objects of another thread would bring nothing else. */
  readonly event: string;
  /** As received, without `?`; undefined when the URL has none. */
  readonly rawQuery: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Ids of the origins that it may choose. */
  readonly origins: ReadonlySet<string>;
}

export interface FunctionOutcome {
  /** `{"result":…}` or `{"error":"…"}`; undefined when its promise did not settle. */
  readonly text: string | undefined;
  readonly chosen: OriginTurns | undefined;
}

type Factory = (module: (name: string) => unknown) => unknown;
type Runner = (factory: Factory, event: string, rawQuery: string | undefined, done: (outcome: string) => void) => void;

/**
 * A function in a context that has the documented runtime and nothing else. The code is compiled once and evaluated for
 * every event, so that nothing it keeps outlives the event, as at the edge. Promises settle inside the context.
 * @returns runs an event; throws when that took too much processor time
 */
export function evaluate(
  { name, code, store }: FunctionSource,
  log: (line: string) => void,
): (call: FunctionCall) => FunctionOutcome {
  let time = 0;
  let choice = new OriginChoice(new Set());
  const chooseOrigin = (helper: 'select' | 'group', argument: string): string | undefined => {
    try {
      choice[helper](argument);
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
  // A script, and not a call from here: only a script in the context settles its promises.
  const call = new vm.Script('call()');
  return ({ event, rawQuery, now, origins }) => {
    choice = new OriginChoice(origins);
    time = now;
    let text: string | undefined;
    context.call = () => {
      delete context.call; // The function must not find it.
      run(factory, event, rawQuery, (outcome) => {
        text = outcome;
      });
    };
    const before = process.threadCpuUsage();
    call.runInContext(context);
    const { user, system } = process.threadCpuUsage(before);
    if (user + system > CPU_MILLISECONDS * 1000) throw new Error(`${name} needs more than ${CPU_MILLISECONDS} ms`);
    return { text, chosen: choice.chosen };
  };
}

function hostOf(
  store: string | undefined,
  log: (line: string) => void,
  now: () => number,
  chooseOrigin: SandboxHost['chooseOrigin'],
): SandboxHost {
  return {
    ...{ createHash, createHmac, querystring: { ...querystring }, Buffer, TextEncoder, TextDecoder, atob, btoa },
    ...{ log, now, chooseOrigin, store },
  };
}

/** The code as a function that makes the handler. It begins on the same line, so that line numbers stay true. */
function asFactory(code: string): string {
  const body = code.replace(/\bimport\s+([\w$]+)\s+from\s*["'](\w+)["'];?/g, 'const $1 = __module("$2");');
  return `'use strict';(function (__module) {${body}\nreturn handler;})`;
}
