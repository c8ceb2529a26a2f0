import { STATUS_CODES } from 'node:http';
import { type EdgeRequest, fromWire, type Headers } from '../messages.ts';
import { cookieValues, type EventValues, headerValues, queryValues } from './event-values.ts';
import { type EventType, isDisallowed } from './header-rules.ts';

export interface EventContext {
  readonly distributionId: string;
  readonly requestId: string;
  readonly viewerIp: string;
}

/** The event of a viewer-request function (AWS, "CloudFront Functions event structure"). */
export function requestEvent(request: EdgeRequest, context: EventContext): object {
  return { ...envelope('viewer-request', context), request: requestObject(request) };
}

export function responseEvent(request: EdgeRequest, status: number, headers: Headers, context: EventContext): object {
  const response = {
    statusCode: status,
    statusDescription: STATUS_CODES[status] ?? '',
    headers: visibleHeaders(headers),
    cookies: {},
  };
  return { ...envelope('viewer-response', context), request: requestObject(request), response };
}

function envelope(eventType: EventType, { distributionId, requestId, viewerIp }: EventContext): object {
  return {
    version: '1.0',
    context: { distributionDomainName: 'localhost', distributionId, eventType, requestId },
    viewer: { ip: viewerIp },
  };
}

function requestObject({ method, path, query, headers }: EdgeRequest): object {
  const { cookie = '', ...others } = headers;
  return {
    method,
    uri: fromWire(path),
    querystring: queryValues(query ?? ''),
    headers: visibleHeaders(others),
    cookies: cookieValues(cookie),
  };
}

function visibleHeaders(headers: Headers): EventValues {
  return headerValues(Object.fromEntries(Object.entries(headers).filter(([name]) => !isDisallowed(name))));
}
