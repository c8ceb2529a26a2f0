import { createServer } from 'node:http';
import { createIPX, createIPXNodeServer, ipxHttpStorage } from 'ipx';
import { sharpOfIpx } from './sharp-of-ipx.ts';

/** ipx as its documentation sets it up, reading sources over HTTP. Argument: host of the sources. Prints its own port. */
const host = process.argv[2] ?? '';
const sharp = sharpOfIpx();
sharp.concurrency(1);
sharp.cache(false);

const ipx = createIPX({ storage: ipxHttpStorage({ domains: [host], allowAllDomains: true }) });
const server = createServer(createIPXNodeServer(ipx));
server.listen(0, '127.0.0.1', () => console.log((server.address() as { port: number }).port));
