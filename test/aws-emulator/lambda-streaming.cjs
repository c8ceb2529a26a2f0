/*
 * Lambda's global for answers that stream (AWS, "Writing response streaming-enabled Lambda functions"), which the
 * emulator's Node host lacks. Here the whole answer is given at once, in the form of an answer that does not stream.
 */
const { PassThrough } = require('node:stream');
const { buffer } = require('node:stream/consumers');

globalThis.awslambda = {
  streamifyResponse: (handler) => async (event, context) => {
    const stream = new PassThrough();
    const [body] = await Promise.all([buffer(stream), handler(event, stream, context)]);
    const { statusCode = 200, headers = {} } = stream.metadata ?? {};
    return { statusCode, headers, isBase64Encoded: true, body: body.toString('base64') };
  },
  HttpResponseStream: { from: (stream, metadata) => Object.assign(stream, { metadata }) },
};
