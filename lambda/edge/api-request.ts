/// <reference path="./cloudfront-functions.d.ts" />
import { refuseBody, refuseHead } from './api-limits.ts';

/** Runs before the API: what API Gateway and Lambda would refuse for its size is refused here, in words that name the limit. */
export async function handler(
  event: CloudFrontFunctions.RequestEvent,
): Promise<CloudFrontFunctions.Request | CloudFrontFunctions.Response> {
  return refuseHead(event.request) || refuseBody(event.request) || event.request;
}
