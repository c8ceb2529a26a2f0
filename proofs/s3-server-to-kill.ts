import { startS3Server } from '../packages/local-cloud/src/services/s3/server.ts';
import { OWNER, REGION } from '../packages/local-cloud/test/services/s3/principals.ts';

/** A server in a process of its own, to be killed. Every event that arrives is written to standard output. */
const server = await startS3Server({
  folder: process.argv[2] ?? '',
  region: REGION,
  principals: [OWNER],
  onEvent: async (event) => {
    process.stdout.write(`event ${event.detail.object.key}\n`);
  },
});
server.ensureBucket({ name: 'crash', versioned: false, eventBridge: true });
if (process.argv[3] === 'with-events') server.startEvents();
process.stdout.write(`listening ${server.endpoint}\n`);
