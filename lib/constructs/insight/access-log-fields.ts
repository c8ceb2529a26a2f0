/** A field of CloudFront's standard log, version 2, and what it is kept for. */
export interface AccessLogField {
  readonly name: string;
  readonly purpose: string;
}

/**
 * Everything that is logged of a request (AWS, "Standard logging (access logs)", "Log file fields"). The default list has the
 * viewer's address, cookies, user agent and referrer: none of them is here. The query is not, either: it can hold the
 * signature of a private file.
 */
export const ACCESS_LOG_FIELDS: readonly AccessLogField[] = [
  { name: 'date', purpose: 'when: UTC day' },
  { name: 'time', purpose: 'when: UTC time, in seconds' },
  { name: 'timestamp(ms)', purpose: 'when: for the order of answers' },
  { name: 'x-edge-location', purpose: 'where: which edge answered' },
  { name: 'c-country', purpose: 'where: country of the viewer, for prices and country rules' },
  { name: 'asn', purpose: 'where: network of the viewer, for abuse' },
  { name: 'cs-method', purpose: 'what was asked' },
  { name: 'cs(Host)', purpose: 'what was asked: the media host' },
  { name: 'cs-uri-stem', purpose: 'what was asked: the path without its query' },
  { name: 'cache-behavior-path-pattern', purpose: 'what was asked: the rule that took it' },
  { name: 'cs-protocol-version', purpose: 'how: HTTP version' },
  { name: 'ssl-protocol', purpose: 'how: TLS version, before an old one is switched off' },
  { name: 'sc-status', purpose: 'answer: status' },
  { name: 'sc-bytes', purpose: 'answer: bytes sent, for the bill' },
  { name: 'sc-content-type', purpose: 'answer: format that was negotiated' },
  { name: 'sc-content-len', purpose: 'answer: bytes of the picture' },
  { name: 'x-edge-result-type', purpose: 'answer: hit, miss, error, refused' },
  { name: 'x-edge-detailed-result-type', purpose: 'answer: why an error was one' },
  { name: 'x-edge-request-id', purpose: 'answer: for a question to AWS' },
  { name: 'time-taken', purpose: 'speed: until the last byte' },
  { name: 'time-to-first-byte', purpose: 'speed: until the first byte' },
  { name: 'origin-fbl', purpose: 'speed: first byte of the origin' },
];
