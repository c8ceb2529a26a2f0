import type { LambdaFunctionURLEvent } from 'aws-lambda';
import { deliverImage } from '../core/delivery/deliver-image.ts';
import { composeFileAccess } from './composition/file-access.ts';
import { composeTransformImage } from './composition/transform-image.ts';
import { collectGarbageRarely } from './garbage-collection.ts';
import { readMediaRequest } from './http/media-request.ts';
import { sendDelivery } from './http/send-delivery.ts';
import { cdnRequestOf } from './log-line.ts';
import { reporter } from './reporter.ts';

collectGarbageRarely();
const composed = composeTransformImage();

/**
 * The image transformer: answers what the CDN did not find among the stored variants. The answer goes out first; the
 * invocation ends when the variant is stored too and was still right then, because Lambda freezes what is not awaited.
 */
export const handler = awslambda.streamifyResponse<LambdaFunctionURLEvent>(async (event, stream) => {
  const request = readMediaRequest(event);
  const report = reporter(cdnRequestOf(event.headers));
  const files = composeFileAccess(composed, request, report);
  const delivery = await deliverImage({ ...composed, ...files, report }, request);
  const sending = sendDelivery(delivery, stream).then(composed.now);
  const [sent] = await Promise.allSettled([sending, delivery.stored]);
  await delivery.afterwards?.(sent.status === 'fulfilled' ? sent.value : undefined);
  if (sent.status === 'rejected') throw sent.reason;
});
