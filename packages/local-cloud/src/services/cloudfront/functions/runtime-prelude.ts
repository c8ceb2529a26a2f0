import {
  DOCUMENTED_GLOBALS,
  DOCUMENTED_METHODS,
  DOCUMENTED_STATICS,
  IMPORTED_MODULES,
  REQUIRED_MODULES,
} from './documented-runtime.ts';

/** What the sandbox hands to the prelude as the global `host`, which the prelude takes away. */
export interface SandboxHost {
  readonly createHash: unknown;
  readonly createHmac: unknown;
  readonly querystring: unknown;
  readonly Buffer: unknown;
  readonly TextEncoder: unknown;
  readonly TextDecoder: unknown;
  readonly atob: unknown;
  readonly btoa: unknown;
  readonly log: (line: string) => void;
  /** Milliseconds since 1970, the same for a whole run. */
  readonly now: () => number;
  /**
   * Chooses the origins of this run's request.
   * @param argument an id, or a group as JSON
   * @returns why it cannot be, if it cannot
   */
  readonly chooseOrigin: (helper: 'select' | 'group', argument: string) => string | undefined;
  /** Content of the KeyValueStore as JSON text; undefined when the function has none. */
  readonly store: string | undefined;
}

const json = (tables: Readonly<Record<string, ReadonlySet<string>>>): string =>
  JSON.stringify(Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, [...table]])));

/**
 * Makes the runtime's globals inside a context, and takes away what the edge does not have. Its value is
 * `run(factory, eventText, rawQuery, done)`: makes a handler from the function's code, as the edge does anew for each
 * event, and calls it. What the function gets of this process is wrapped, so that it cannot reach further.
 *
 * JavaScript in a string, because it must be compiled in the context: objects of this process's own realm would bring
 * their prototypes, with everything that is on them.
 */
export const RUNTIME_PRELUDE = `'use strict';
(function (host) {
  const { createHash, createHmac, Buffer, log, now, chooseOrigin } = host;
  const store = host.store === undefined ? undefined : JSON.parse(host.store);
  const { parse, stringify } = JSON;
  const has = (object, key) => Object.prototype.hasOwnProperty.call(object, key);

  const ALGORITHMS = ['md5', 'sha1', 'sha256'];
  const ENCODINGS = [undefined, 'hex', 'base64', 'base64url'];
  const oneOf = (allowed, value, what) => {
    if (allowed.indexOf(value) < 0) throw new TypeError(what + ' ' + value + ' is not supported');
    return value;
  };
  const hashing = (state) => {
    const hash = {
      update: (data) => { state.update(data); return hash; },
      digest: (encoding) => state.digest(oneOf(ENCODINGS, encoding, 'encoding')),
    };
    return hash;
  };
  const crypto = {
    createHash: (algorithm) => hashing(createHash(oneOf(ALGORITHMS, algorithm, 'algorithm'))),
    createHmac: (algorithm, key) => hashing(createHmac(oneOf(ALGORITHMS, algorithm, 'algorithm'), key)),
  };

  const valueOf = (key, options) => {
    if (!has(store, key)) throw new Error('KeyNotFound');
    const format = options === undefined || options.format === undefined ? 'string' : options.format;
    oneOf(['string', 'json', 'bytes'], format, 'format');
    if (format === 'bytes') return Buffer.from(store[key]);
    return format === 'json' ? JSON.parse(store[key]) : store[key];
  };
  const kvs = () => {
    if (store === undefined) throw new Error('no key value store is associated with the function');
    return {
      get: async (key, options) => valueOf(key, options),
      exists: async (key) => has(store, key),
      count: async () => Object.keys(store).length,
      meta: async () => ({
        creationDateTime: new Date(now()).toISOString(),
        lastUpdatedDateTime: new Date(now()).toISOString(),
        keyCount: Object.keys(store).length,
      }),
    };
  };
  const choose = (helper, argument) => {
    const fault = chooseOrigin(helper, argument);
    if (fault !== undefined) throw new Error(fault);
  };
  const notRun = (name) => () => { throw new Error(name + ' is not run by the local CDN'); };
  const cloudfront = {
    kvs,
    edgeLocation: { name: 'LOC', serverIp: '127.0.0.1', region: 'us-east-1' },
    updateRequestOrigin: notRun('updateRequestOrigin'),
    selectRequestOriginById: (...given) => {
      if (given.length !== 1) throw new Error('selectRequestOriginById with options is not run by the local CDN');
      choose('select', String(given[0]));
    },
    createRequestOriginGroup: (group) => choose('group', stringify(group)),
  };
  const modules = { cloudfront, crypto, querystring: host.querystring, buffer: { Buffer } };
  const known = (names, name) => {
    if (names.indexOf(name) < 0) throw new Error('Cannot find module "' + name + '"');
    return modules[name];
  };

  const RealDate = Date;
  const FixedDate = function (...given) {
    if (new.target === undefined) return new RealDate(now()).toString();
    return given.length > 0 ? new RealDate(...given) : new RealDate(now());
  };
  FixedDate.now = () => now();
  FixedDate.UTC = RealDate.UTC;
  FixedDate.parse = RealDate.parse;
  FixedDate.prototype = RealDate.prototype;
  RealDate.prototype.constructor = FixedDate;

  const text = (value) => (typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value));
  Object.assign(globalThis, {
    Date: FixedDate, Buffer, atob: host.atob, btoa: host.btoa, TextEncoder: host.TextEncoder, TextDecoder: host.TextDecoder,
    console: { log: (value) => log(text(value)) },
    require: (name) => known(${JSON.stringify([...REQUIRED_MODULES])}, name),
    InternalError: class InternalError extends Error {},
  });

  const globals = ${JSON.stringify([...DOCUMENTED_GLOBALS])};
  const statics = ${json(DOCUMENTED_STATICS)};
  const methods = ${json(DOCUMENTED_METHODS)};
  const owners = { Object, String, Array, Number, Function, Promise, Symbol, ArrayBuffer };
  const prototypes = { TypedArray: Object.getPrototypeOf(Uint8Array.prototype) };
  for (const name of Object.keys(owners)) prototypes[name] = owners[name].prototype;
  const KEPT = ['constructor', 'prototype', 'length', 'name', '__proto__'];
  const reduce = (object, documented) => {
    for (const name of Object.getOwnPropertyNames(object)) {
      const isFixed = !Object.getOwnPropertyDescriptor(object, name).configurable;
      if (!isFixed && KEPT.indexOf(name) < 0 && documented.indexOf(name) < 0) delete object[name];
    }
  };
  for (const name of Object.keys(statics)) reduce(owners[name], statics[name]);
  for (const name of Object.keys(methods)) reduce(prototypes[name], methods[name]);
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    if (globals.indexOf(name) < 0) delete globalThis[name];
  }

  const imported = (name) => known(${JSON.stringify([...IMPORTED_MODULES])}, name);
  const answer = async (factory, event) => factory(imported)(event);
  return (factory, eventText, rawQuery, done) => {
    const event = parse(eventText);
    if (event.request) event.request.rawQueryString = () => rawQuery;
    answer(factory, event).then(
      (result) => done(stringify({ result })),
      (error) => done(stringify({ error: String(error) })),
    );
  };
})(host)`;
