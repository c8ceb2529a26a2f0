import type { IncomingMessage, ServerResponse } from 'node:http';

/** A body may take longer for what has come of it: a large file on a busy machine is slow, too, but it comes. */
const BYTES_A_MILLISECOND = 100;

/** How often it is looked at. */
const LOOK_MILLISECONDS = 500;

const TIMED_OUT = 'HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n';

/**
 * Ends a request whose body comes in drops, with 408 as Node does it (RFC 9110, 15.5.9).
 * @param milliseconds that it may take, besides one for each 100 bytes that came
 */
export function endWhenSlow(request: IncomingMessage, response: ServerResponse, milliseconds: number): void {
  const { headers, socket } = request;
  if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) return;
  const [begun, before] = [performance.now(), socket.bytesRead];
  const look = (): void => {
    if (request.complete || socket.destroyed) return void clearInterval(timer);
    const allowed = milliseconds + (socket.bytesRead - before) / BYTES_A_MILLISECOND;
    if (performance.now() - begun < allowed) return;
    clearInterval(timer);
    if (response.headersSent) socket.destroy();
    else socket.end(TIMED_OUT, () => socket.destroy());
  };
  const timer = setInterval(look, Math.min(milliseconds, LOOK_MILLISECONDS)).unref();
}
