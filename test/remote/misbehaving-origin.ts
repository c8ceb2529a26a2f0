import type { ServerResponse } from 'node:http';

/** What the catalogue's SSRF-028 and SSRF-030 want of an origin. */
export function misbehave(url: string, response: ServerResponse, bytes: Buffer): void {
  if (url.includes('missing')) return void response.writeHead(404).end();
  if (url.includes('forbidden')) return void response.writeHead(403).end();
  if (url.includes('html')) return void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sorry');
  if (url.includes('headers')) return void response.writeHead(200, { x: 'x'.repeat(60_000) }).end(bytes);
  if (url.includes('false-length')) {
    response.writeHead(200, { 'content-length': String(bytes.length + 10) });
    return void response.write(bytes, () => response.destroy());
  }
  if (url.includes('gzip')) return void response.writeHead(200, { 'content-encoding': 'gzip' }).end(bytes);
  if (url.includes('announced')) return void response.writeHead(200, { 'content-length': '50000001' }).end();
  if (url.includes('metadata')) return void response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
  if (url.includes('svg')) return void response.end('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
  response.end(bytes);
}
