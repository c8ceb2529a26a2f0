/// <reference path="./cloudfront-functions.d.ts" />
import cf from 'cloudfront';
import { BUFFERED_UPLOAD_BYTES } from '../contract/limits.ts';
import { API_ORIGIN_ID } from '../contract/streamed-upload.ts';
import { headerOf, refuseHead } from './api-limits.ts';

/**
 * Runs before the paths of uploads where they may have any size. Their origin is the function that receives large ones; whatever
 * API Gateway can hold goes there, as everything else of the API does.
 */
export async function handler(
  event: CloudFrontFunctions.RequestEvent,
): Promise<CloudFrontFunctions.Request | CloudFrontFunctions.Response> {
  const request = event.request;
  const refused = refuseHead(request);
  if (refused) return refused;
  if (!isLarge(request)) cf.selectRequestOriginById(API_ORIGIN_ID);
  return request;
}

/** A body whose length nobody declared (chunked) may have any. */
function isLarge(request: CloudFrontFunctions.Request): boolean {
  if (request.method !== 'POST') return false;
  const declared = headerOf(request, 'content-length');
  return declared === '' || Number(declared) > BUFFERED_UPLOAD_BYTES;
}
