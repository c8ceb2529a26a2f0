import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AssemblyPlan } from '../../src/assembly/plan-assembly.ts';
import { startAwsApiServer } from '../../src/aws-api/server.ts';
import { makePrincipals } from '../../src/principals.ts';
import { StartingCloud } from '../../src/service/starting-cloud.ts';
import { PROGRAM } from '../sample-program.ts';

/** A cloud in which no service has started. Closing it removes its state folder. */
export async function startingCloud(plan: AssemblyPlan): Promise<StartingCloud> {
  const folder = mkdtempSync(join(tmpdir(), 'local-cloud-starting-'));
  const apis = await startAwsApiServer({ principals: new Map(), log: () => {} });
  const principals = makePrincipals(plan);
  const cloud = new StartingCloud({ plan, folder, program: PROGRAM, principals, apis, log: () => {} });
  cloud.atEnd(() => rmSync(folder, { recursive: true }));
  cloud.atEnd(() => apis.close());
  return cloud;
}
