import type { LambdaFunctionURLEvent } from 'aws-lambda';
import { deliverFromReplica } from '../core/delivery/deliver-from-replica.ts';
import { replicaAccess } from '../core/delivery/replica-access.ts';
import { endpointOfKey } from '../core/request/variant-key.ts';
import { composeTransformReplica } from './composition/transform-replica.ts';
import { collectGarbageRarely } from './garbage-collection.ts';
import { readMediaRequest } from './http/media-request.ts';
import { sendDelivery } from './http/send-delivery.ts';
import { cdnRequestOf } from './log-line.ts';
import { reporter } from './reporter.ts';

collectGarbageRarely();
const { delivery, access } = composeTransformReplica();

/** The fallback transformer: answers, during a failover, for the regions whose copies are here. It stores nothing. */
export const handler = awslambda.streamifyResponse<LambdaFunctionURLEvent>(async (event, stream) => {
  const request = readMediaRequest(event);
  const report = reporter(cdnRequestOf(event.headers));
  const files = replicaAccess(access, endpointOfKey(request.path.slice(1)));
  await sendDelivery(await deliverFromReplica({ ...delivery, ...files, report }, request), stream);
});
