import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { askApi } from '../adapters/api-function/ask-api.ts';
import { originSecret } from '../adapters/origin-secret/origin-secret.ts';
import { keepIncoming } from '../adapters/originals-bucket/incoming-files.ts';
import { receiveUpload } from '../api/receive-upload.ts';
import { EDGE_REGION } from '../contract/edge.ts';
import { ENVIRONMENT, RECEIVER_ENVIRONMENT, requireEnvironment } from '../contract/environment.ts';
import { hexId } from './composition/hex-id.ts';
import { toIncomingUpload } from './http/incoming-upload.ts';
import { reporter } from './reporter.ts';

/** Longer than Lambda lets a request run; Node's own five minutes would end slow uploads. */
const REQUEST_MILLISECONDS = 1_000_000;

const secret = requireEnvironment(RECEIVER_ENVIRONMENT.originSecret);
const deps = {
  isFromCdn: originSecret(new SecretsManagerClient({ region: EDGE_REGION }), secret, Date.now),
  api: askApi(new LambdaClient({}), requireEnvironment(RECEIVER_ENVIRONMENT.apiFunction)),
  keep: keepIncoming(new S3Client({}), requireEnvironment(ENVIRONMENT.originalsBucket)),
  uploadId: hexId,
  report: reporter(),
};

/** A Lambda Web Function: an HTTP server that receives uploads of any size (AWS, "Lambda Web Functions"). */
createServer({ requestTimeout: REQUEST_MILLISECONDS }, (message, response) => {
  answer(message, response).catch((error: unknown) => {
    deps.report('upload-not-answered', error);
    response.destroy();
  });
}).listen(...endpoint());

async function answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
  const answered = await receiveUpload(deps, toIncomingUpload(message));
  if (!answered) return void response.destroy();
  response.writeHead(answered.statusCode, answered.headers).end(answered.body);
}

/** Lambda says where it looks for the server, as `host:port`. */
function endpoint(): [port: number, host: string] {
  const { hostname, port } = new URL(`http://${process.env.AWS_LAMBDA_HTTP_ENDPOINT ?? '0.0.0.0:3000'}`);
  return [Number(port), hostname];
}
