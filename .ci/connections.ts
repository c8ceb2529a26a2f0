import type { Connections } from '../test/product/recorded-connections.ts';
import { DECLARED, namedIn, recordedIn } from '../test/product/recorded-connections.ts';

/* Whom the product connected to in the whole suite, against docs/connections.json and what the tests ask it to connect to. */

/** What tests alone make the product connect to. */
const BY_TESTS: Connections = {
  function: {
    localhost:
      'servers that tests name as an origin, a webhook or the place of a file, and the CDN, whose host it is here',
  },
};

const [file = ''] = process.argv.slice(2);
const recorded = new Set(recordedIn(file));
const named = [...namedIn(DECLARED), ...namedIn(BY_TESTS)];
const undeclared = [...recorded].filter((one) => !named.includes(one));
const unused = named.filter((one) => !recorded.has(one));
for (const one of undeclared) console.error(`Nobody has declared this connection: ${one}`);
for (const one of unused) console.error(`Declared, and never made: ${one}`);
if (undeclared.length + unused.length > 0) process.exit(1);
console.log(`${recorded.size} kinds of connections, all of them declared.`);
