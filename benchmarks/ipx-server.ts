import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { createIPX, createIPXNodeServer, ipxHttpStorage } from 'ipx';
import type Sharp from 'sharp';

/** ipx as its documentation sets it up, reading sources over HTTP. Argument: host of the sources. Prints its own port. */
const host = process.argv[2] ?? '';
// ipx brings a sharp of its own, which is the one to be held to one thread and no cache.
const sharp = createRequire(import.meta.resolve('ipx'))('sharp') as typeof Sharp;
sharp.concurrency(1);
sharp.cache(false);

const ipx = createIPX({ storage: ipxHttpStorage({ domains: [host], allowAllDomains: true }) });
const server = createServer(createIPXNodeServer(ipx));
server.listen(0, '127.0.0.1', () => console.log((server.address() as { port: number }).port));
