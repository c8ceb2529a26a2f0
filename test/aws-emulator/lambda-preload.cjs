/* Loaded into every function that the emulator runs: two things that Lambda's Node has and the emulator's has not. */
const dns = require('node:dns');
const { PassThrough } = require('node:stream');
const { buffer } = require('node:stream/consumers');

/* Names under localhost are this machine (RFC 6761, 6.3); SDKs put a bucket or an account before the host. */
const { lookup } = dns;
const local = (name, ...others) =>
  Reflect.apply(lookup, dns, [String(name).endsWith('.localhost') ? '127.0.0.1' : name, ...others]);
dns.lookup = Object.assign(local, lookup);

/* Lambda's global for answers that stream (AWS, "Writing response streaming-enabled Lambda functions"). The emulator takes the whole answer. */
globalThis.awslambda = {
  streamifyResponse: (handler) => async (event, context) => {
    const stream = new PassThrough();
    const [body] = await Promise.all([buffer(stream), handler(event, stream, context)]);
    const { statusCode = 200, headers = {} } = stream.metadata ?? {};
    return { statusCode, headers, isBase64Encoded: true, body: body.toString('base64') };
  },
  HttpResponseStream: { from: (stream, metadata) => Object.assign(stream, { metadata }) },
};
