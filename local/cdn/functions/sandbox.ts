import { createHash, createHmac } from 'node:crypto';
import querystring from 'node:querystring';
import vm from 'node:vm';
import { languageFaults } from './language-gate.ts';

/**
 * Wall time after which a run is stopped. CloudFront bounds CPU, to about a millisecond; on a machine that does other
 * work beside, wall time says little, so this only ends what would never end.
 */
const RUN_MILLISECONDS = 1000;

export interface EdgeFunctionSource {
  readonly code: string;
  /** Content of the associated KeyValueStore. */
  readonly store: ReadonlyMap<string, string>;
}

/** A CloudFront function, loaded. `run` gives the handler's result, or throws with what went wrong. */
export interface EdgeFunction {
  run(event: object, rawQuery: string | undefined, now: Date): unknown;
}

/**
 * Loads a function as the edge would: the language gate first, then a bare context with the runtime's modules only.
 * Promises settle inside the context, so that the time limit holds for them too.
 * @throws with line and construct when the edge would refuse the code
 */
export function loadEdgeFunction({ code, store }: EdgeFunctionSource, name: string): EdgeFunction {
  const faults = languageFaults(code);
  if (faults.length > 0)
    throw new Error(`The edge function ${name} is not in the edge's language: ${faults.join('; ')}`);
  const context = vm.createContext(
    { host: { createHash, createHmac, querystring, Buffer, btoa, atob } },
    { codeGeneration: { strings: false, wasm: false }, microtaskMode: 'afterEvaluate' },
  );
  new vm.Script(PRELUDE).runInContext(context);
  context.storeText = JSON.stringify(Object.fromEntries(store));
  new vm.Script('store = JSON.parse(storeText)').runInContext(context);
  new vm.Script(withoutImports(code), { filename: name }).runInContext(context, { timeout: RUN_MILLISECONDS });
  const call = new vm.Script(CALL);
  return {
    run: (event, rawQuery, now) => {
      context.eventText = JSON.stringify(event);
      context.rawQuery = rawQuery;
      context.currentTime = now.getTime();
      context.outcome = undefined;
      call.runInContext(context, { timeout: RUN_MILLISECONDS });
      return readOutcome(context.outcome as string | undefined, name);
    },
  };
}

/** Modules are values here: the gate has seen that only the runtime's own are imported. */
function withoutImports(code: string): string {
  return code.replace(/\bimport\s+(\w+)\s+from\s*["'](\w+)["'];?/g, 'const $1 = modules.$2;');
}

function readOutcome(outcome: string | undefined, name: string): unknown {
  if (outcome === undefined) throw new Error(`${name} did not settle`);
  const { result, error } = JSON.parse(outcome) as { result?: unknown; error?: string };
  if (error !== undefined) throw new Error(`${name}: ${error}`);
  return result;
}

/** The runtime's globals, made inside the context. `Date` stands still during a run, as at the edge. */
const PRELUDE = `
var store = {}, modules, require, console, btoa = host.btoa, atob = host.atob, Buffer = host.Buffer;
var RealDate = Date;
Date = function (...given) { return given.length ? new RealDate(...given) : new RealDate(currentTime); };
Date.now = () => currentTime; Date.UTC = RealDate.UTC; Date.parse = RealDate.parse; Date.prototype = RealDate.prototype;
console = { log() {}, error() {} };
const kvs = () => ({
  get: async (key, options) => {
    if (!Object.hasOwn(store, key)) throw new Error('KeyNotFound');
    return options && options.format === 'json' ? JSON.parse(store[key]) : store[key];
  },
  exists: async (key) => Object.hasOwn(store, key),
  count: async () => Object.keys(store).length,
});
modules = {
  cloudfront: { kvs },
  crypto: { createHash: host.createHash, createHmac: host.createHmac },
  querystring: host.querystring,
  buffer: { Buffer: host.Buffer },
};
require = (name) => {
  if (!modules[name]) throw new Error('Cannot find module "' + name + '"');
  return modules[name];
};
host = undefined;`;

const CALL = `{
  const event = JSON.parse(eventText), query = rawQuery;
  if (event.request) event.request.rawQueryString = () => query;
  (async () => handler(event))().then(
    (result) => { outcome = JSON.stringify({ result }); },
    (error) => { outcome = JSON.stringify({ error: String(error) }); },
  );
}`;
