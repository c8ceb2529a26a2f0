/**
 * Loaded with `--require` into every execution environment, before AWS's own runtime client (npm `aws-lambda-ric`).
 * The client speaks to the Runtime API through a native addon with three methods; this machine has no compiler for it,
 * so the same three methods are given here over plain HTTP. Everything else of the client runs as it is.
 */
const dns = require('node:dns');
const { realpathSync } = require('node:fs');
const http = require('node:http');
const { registerHooks } = require('node:module');
const { pathToFileURL } = require('node:url');

substituteNativeClient();
if (process.env._LOCAL_LAYER_PACKAGES !== undefined) takePackagesFromLayers();
resolveLocalhostNames();

const [hostname, port] = (process.env.AWS_LAMBDA_RUNTIME_API ?? '').split(':');
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

/** The addon's `done` and `error` return when the call is over; here the next call waits for the one before. */
let last = Promise.resolve();

exports.next = () => last.then(() => call('GET', 'invocation/next'));

exports.done = (id, body) => {
  last = call('POST', `invocation/${id}/response`, body);
};

exports.error = (id, body) => {
  last = call('POST', `invocation/${id}/error`, body);
};

/** One call of the Runtime API. When the API is gone, so is the machine that this process was part of: it ends. */
function call(method, path, body) {
  const headers = body === undefined ? {} : { 'content-type': 'application/json' };
  return new Promise((resolve) => {
    const request = http.request({ hostname, port, agent, method, headers, path: `/2018-06-01/runtime/${path}` });
    request.on('response', (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve({ bodyJson: Buffer.concat(chunks).toString(), headers: response.headers }));
      response.on('error', leave);
    });
    request.on('error', leave);
    request.end(body);
  });
}

function leave() {
  process.exit(1);
}

function substituteNativeClient() {
  const url = pathToFileURL(__filename).href;
  registerHooks({
    resolve: (specifier, context, nextResolve) =>
      specifier === './rapid-client.node'
        ? { url, format: 'commonjs', shortCircuit: true }
        : nextResolve(specifier, context),
  });
}

/**
 * What a function's code imports comes from its own folder or its layers. Node would also look into the folders above,
 * which are this project's: a package missing in the bundle would be found here and not in AWS.
 */
function takePackagesFromLayers() {
  const layers = new Set(process.env._LOCAL_LAYER_PACKAGES.split(','));
  const code = pathToFileURL(`${realpathSync(process.env.LAMBDA_TASK_ROOT ?? '.')}/`).href;
  const project = pathToFileURL(__filename).href;
  registerHooks({
    resolve: (specifier, context, nextResolve) => {
      const [, name] = /^((?:@[^/]+\/)?[\w-][^/:]*)(?:\/|$)/.exec(specifier) ?? [];
      if (name === undefined || !context.parentURL?.startsWith(code)) return nextResolve(specifier, context);
      if (layers.has(name)) return nextResolve(specifier, { ...context, parentURL: project });
      const found = nextResolve(specifier, context);
      if (!found.url.startsWith('file:') || found.url.startsWith(code)) return found;
      const error = new Error(`Cannot find package '${name}' in the function's code or layers`);
      throw Object.assign(error, { code: 'ERR_MODULE_NOT_FOUND' });
    },
  });
}

/** `localhost` and names under it are loopback (RFC 6761, 6.3); the C library's resolver does not know that everywhere. */
function resolveLocalhostNames() {
  const { lookup } = dns;
  dns.lookup = (name, options, callback) => {
    const done = typeof options === 'function' ? options : callback;
    if (typeof name !== 'string' || !name.endsWith('.localhost')) return lookup(name, options, callback);
    const address = { address: '127.0.0.1', family: 4 };
    return process.nextTick(() => (options?.all ? done(null, [address]) : done(null, address.address, address.family)));
  };
}
